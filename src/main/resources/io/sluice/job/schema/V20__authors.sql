-- Who wrote last what a schedule does: none of its authors decides on a plan of it.
alter table schedule add column spec_by varchar(300);
update schedule set spec_by = made_by;

-- Who else is behind a job than the one who asked for it: the authors of its schedule at that time.
create table job_author (
  job varchar(40) not null references job (id) on delete cascade,
  name varchar(300) not null,
  primary key (job, name)
);
