package io.sluice.job.store;

import tools.jackson.databind.json.JsonMapper;

/** JSON as the database and the files of jobs hold it. */
public final class StoredJson {
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private StoredJson() {}
}
