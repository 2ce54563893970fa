-- Integer keys everywhere: what has a public name of its own (test id, run key, spool id, hash) stands in a dictionary once.
-- Only the common subset of SQLite and PostgreSQL; times are epoch milliseconds.

create table project (
  id integer primary key,
  slug text not null unique,
  name text not null,
  stable_branches text not null,
  created_ms bigint not null
);

-- Only the hash of a token is kept; the prefix tells its owner which one it is.
create table token (
  id integer primary key,
  project_id integer not null references project (id),
  sha256 text not null unique,
  prefix text not null,
  created_ms bigint not null
);

create table suite (
  id integer primary key,
  project_id integer not null references project (id),
  config text not null,
  unique (project_id, config)
);

create table test (
  id integer primary key,
  suite_id integer not null references suite (id),
  playwright_id text not null,
  project text not null,
  file text not null,
  titles text not null,
  line integer not null,
  col integer not null,
  tags text not null,
  unique (suite_id, playwright_id)
);

create table run (
  id integer primary key,
  project_id integer not null references project (id),
  suite_id integer not null references suite (id),
  run_key text not null,
  branch text not null,
  commit_sha text not null,
  -- Smallest run id of the same suite and commit: orders commits as they came in.
  commit_ordinal bigint not null,
  ci_url text not null,
  pull_request text not null,
  stable integer not null,
  discovered integer not null,
  executors integer not null,
  created_ms bigint not null,
  begun_ms bigint not null,
  last_event_ms bigint not null,
  finished_ms bigint not null,
  exit_code integer not null,
  missing text not null,
  executed integer not null,
  verdict text not null,
  tests integer not null,
  passed integer not null,
  flaky integer not null,
  failed integer not null,
  skipped integer not null,
  running integer not null,
  setup_failed integer not null,
  healed integer not null,
  heals integer not null,
  errors integer not null,
  attempts integer not null,
  test_ms bigint not null,
  -- Counts the batches that changed the run; numbers the progress events.
  version bigint not null,
  unique (project_id, run_key)
);

create index run_by_branch on run (project_id, branch, id);
create index run_by_commit on run (suite_id, commit_sha, id);

create table spool (
  id integer primary key,
  run_id integer not null references run (id),
  name text not null,
  shard integer not null,
  executor text not null,
  last_seq bigint not null,
  workers integer not null,
  playwright text not null,
  roles text not null,
  begun_ms bigint not null,
  first_ms bigint not null,
  last_ms bigint not null,
  busy_ms bigint not null,
  attempts integer not null,
  wall_ms bigint not null,
  end_status text not null,
  exit_code integer not null,
  not_run text not null,
  output_bytes bigint not null,
  unknown_events integer not null,
  rejected_events integer not null,
  unique (run_id, name)
);

-- One row for each test of a run; statuses holds one letter for each attempt, in the order they arrived.
create table run_test (
  run_id integer not null references run (id),
  test_id integer not null references test (id),
  spool_id integer not null,
  role integer not null,
  expected text not null,
  statuses text not null,
  verdict integer not null,
  running integer not null,
  duration_ms bigint not null,
  started_ms bigint not null,
  cause text not null,
  version bigint not null,
  judged integer not null default 0,
  primary key (run_id, test_id)
) without rowid;

create index run_test_by_test on run_test (test_id, run_id);

create table attempt (
  id integer primary key,
  run_id integer not null,
  test_id integer not null,
  spool_id integer not null,
  retry integer not null,
  status text not null,
  started_ms bigint not null,
  duration_ms bigint not null,
  worker integer not null,
  parallel integer not null
);

create index attempt_by_run on attempt (run_id, test_id);

create table failure (
  attempt_id integer not null,
  ord integer not null,
  message text not null,
  stack text not null,
  snippet text not null,
  file text not null,
  line integer not null,
  category text not null,
  cause text not null,
  headline text not null,
  primary key (attempt_id, ord)
) without rowid;

create table attachment (
  id integer primary key,
  run_id integer not null,
  attempt_id integer not null,
  name text not null,
  content_type text not null,
  sha256 text not null,
  size bigint not null,
  body blob
);

create index attachment_by_run on attachment (run_id, attempt_id);

create table run_error (
  id integer primary key,
  run_id integer not null,
  spool_id integer not null,
  message text not null,
  stack text not null,
  snippet text not null,
  file text not null,
  line integer not null
);

create index run_error_by_run on run_error (run_id);

create table output (
  id integer primary key,
  run_id integer not null,
  test_id integer not null,
  spool_id integer not null,
  stream text not null,
  text text not null
);

create index output_by_run on output (run_id, test_id);

create table heal (
  id integer primary key,
  run_id integer not null,
  test_id integer not null,
  at_ms bigint not null,
  tier text not null,
  success integer not null,
  json text not null
);

create index heal_by_run on heal (run_id);

create table plan (
  run_id integer not null,
  digest text not null,
  created_ms bigint not null,
  json text not null,
  primary key (run_id, digest)
);

-- What is remembered of one test over all runs, in the compact forms of the flaky-analyzer.
create table test_history (
  test_id integer primary key,
  durations blob not null,
  recent text not null
);

-- State of the regime filter of one test, in the compact form of the flaky-analyzer.
create table test_state (
  test_id integer primary key,
  state blob not null
);

-- What all tests of a suite showed together.
create table suite_state (
  suite_id integer primary key,
  counters blob not null
);

-- What a failure was taken for when its run ended, with the sentence that explains it.
create table label (
  run_id integer not null,
  test_id integer not null,
  label text not null,
  evidence text not null,
  flake double precision not null,
  primary key (run_id, test_id)
) without rowid;

-- Rollups, kept up to date by the transaction that records an attempt; day counts days since 1970-01-01 UTC.
create table test_day (
  test_id integer not null,
  day integer not null,
  passed integer not null,
  flaky integer not null,
  failed integer not null,
  skipped integer not null,
  primary key (test_id, day)
) without rowid;

create table suite_day (
  suite_id integer not null,
  day integer not null,
  passed integer not null,
  flaky integer not null,
  failed integer not null,
  skipped integer not null,
  attempts integer not null,
  test_ms bigint not null,
  primary key (suite_id, day)
) without rowid;

create table machine_cost (
  id integer primary key,
  suite_id integer not null,
  per_unit_ms bigint not null,
  per_machine_ms bigint not null
);

create index machine_cost_by_suite on machine_cost (suite_id, id);

create table artifact (
  sha256 text not null,
  project_id integer not null references project (id),
  size bigint not null,
  created_ms bigint not null,
  primary key (sha256, project_id)
) without rowid;
