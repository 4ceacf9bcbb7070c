-- Which profiles' backups are too old for a target, one row for each time that lasts: a notice of
-- that is added once.
create table overdue_backup (
  target varchar(40) not null,
  profile varchar(1000) not null,
  last_backup timestamp(6) with time zone,
  found_at timestamp(6) with time zone not null,
  primary key (target, profile)
);

-- Who looks for such profiles locks this row, so that no two processes add the same notice.
create table overdue_watch (
  one integer primary key,
  rounds bigint not null
);
insert into overdue_watch (one, rounds) values (1, 0);
