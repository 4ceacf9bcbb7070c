-- When a key ends by itself; null for never.
alter table api_key add column expires_at timestamp with time zone;

-- Keys that were removed, so that the log can say whose key is still shown.
create table api_key_removed (
  hash varchar(64) primary key,
  name varchar(100) not null,
  removed_at timestamp with time zone not null
);
