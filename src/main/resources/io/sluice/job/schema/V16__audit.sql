-- Who did what: each entry holds the digest of the one before it.
create table audit (
  number bigint primary key,
  at timestamp(6) with time zone not null,
  actor varchar(300) not null,
  origin varchar(64) not null,
  action varchar(40) not null,
  subject varchar(200) not null,
  job varchar(40) not null,
  plan varchar(64) not null,
  detail varchar(1000) not null,
  before varchar(64) not null,
  digest varchar(64) not null
);
create index audit_by_time on audit (at);

-- The end of the chain, which whoever appends locks; and its beginning, which retention moves on.
create table audit_chain (
  one integer primary key,
  number bigint not null,
  digest varchar(64) not null,
  kept_from bigint not null,
  kept_before varchar(64) not null
);
insert into audit_chain (one, number, digest, kept_from, kept_before) values (1, 0, '', 1, '');
