-- A repair over all runs: the same edit of the same file is one proposal however often it is found again.
create table heal_proposal (
  id integer primary key,
  project_id integer not null references project (id),
  file text not null,
  line integer not null,
  original text not null,
  healed text not null,
  strategy text not null,
  confidence double precision not null,
  tier text not null,
  verified integer not null,
  reason text not null,
  -- proposed, open (a pull request waits), accepted or rejected.
  state text not null,
  pull_request text not null,
  last_run integer not null,
  first_ms bigint not null,
  last_ms bigint not null,
  seen integer not null,
  unique (project_id, file, original, healed)
);

create index heal_proposal_by_project on heal_proposal (project_id, state, last_ms);

-- What happened to a proposal, and who said so; nothing of it is ever changed.
create table heal_decision (
  id integer primary key,
  proposal_id integer not null references heal_proposal (id),
  state text not null,
  decided_by text not null,
  reason text not null,
  pull_request text not null,
  at_ms bigint not null
);

create index heal_decision_by_proposal on heal_decision (proposal_id, id);

create index heal_by_tier on heal (tier, id);
