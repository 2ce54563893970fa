-- Tests that run and do not fail the pipeline, each with an owner and an end; one that has left stays until it is quarantined anew,
-- so that people see why it left.
create table quarantine (
  test_id integer primary key references test (id),
  owner text not null,
  reason text not null,
  since_ms bigint not null,
  until_ms bigint not null,
  -- 0 while it is in.
  released_ms bigint not null,
  released_why text not null
);
