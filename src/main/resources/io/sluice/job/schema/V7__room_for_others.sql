-- The quotas that the server announced to some process, for those that begin later.
create table quota_learned (
  credential varchar(64) not null references quota_credential (credential) on delete cascade,
  calls bigint not null,
  window_millis bigint not null,
  at timestamp(6) with time zone not null,
  primary key (credential, calls, window_millis)
);

-- Which API a job's account is at, by a hash of its base URL, so that a rehearsal does not wait for
-- the live account. Jobs of before have an empty one, which stands for any.
alter table job add column api varchar(64) default '' not null;
alter table job_turn rename to job_turn_before;
create table job_turn (
  api varchar(64) not null,
  account varchar(32) not null,
  resource varchar(40) not null,
  job varchar(40) not null references job (id) on delete cascade,
  primary key (api, account, resource)
);
insert into job_turn (api, account, resource, job)
  select '', account, resource, job from job_turn_before;
drop table job_turn_before;
