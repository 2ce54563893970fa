-- What a project has decided about flaky tests; a project without a row has the defaults of the program.
create table project_policy (
  project_id integer primary key references project (id),
  -- Shares in [0, 1].
  flaky_from double precision not null,
  -- 0 for no window.
  window_days integer not null,
  tolerance double precision not null,
  quarantine_from double precision not null,
  most_share double precision not null,
  expiry_days integer not null
);
