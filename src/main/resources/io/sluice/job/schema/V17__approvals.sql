-- The longest state is awaiting_approval.
alter table job alter column state set data type varchar(24);

-- The plan of a job that waited for somebody's approval, or needed none.
create table job_approval (
  job varchar(40) primary key references job (id) on delete cascade,
  plan varchar(64) not null,
  changes bigint not null,
  deletes bigint not null,
  asked_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone,
  decision varchar(16) not null,
  decided_by varchar(300),
  decided_at timestamp(6) with time zone,
  reason varchar(500)
);
create index job_approval_open on job_approval (decision, expires_at);
