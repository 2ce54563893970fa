-- The queue of a run that hands its tests out while it goes on. One row for each item; what an agent may be silent for is not kept, because a
-- restart renews every lease.
create table queue (
  run_id integer primary key references run (id),
  digest text not null,
  strategy text not null,
  machines integer not null,
  created_ms bigint not null,
  last_token bigint not null,
  revision integer not null,
  state text not null,
  late integer not null,
  handed_over integer not null
);

-- tests holds ids, results one letter for each: . none, p passed, f failed.
create table queue_item (
  run_id integer not null,
  position integer not null,
  item text not null,
  tests text not null,
  estimate_ns bigint not null,
  handover text not null,
  holder bigint not null,
  state text not null,
  results text not null,
  revision integer not null,
  primary key (run_id, position)
) without rowid;

create table queue_member (
  run_id integer not null,
  token bigint not null,
  shard integer not null,
  executor text not null,
  spool text not null,
  lanes integer not null,
  state text not null,
  joined_ms bigint not null,
  primary key (run_id, token)
) without rowid;

-- A run somebody has called off.
create table run_cancel (
  run_id integer primary key references run (id),
  at_ms bigint not null
);
