package io.sluice.bench;

import java.util.Map;
import java.util.Objects;

/** The account that every contender works on, as the environment names it. */
record Target(String baseUrl, String account, String token) {
  static final String BASE_URL = "CLOUDFLARE_BASE_URL";
  static final String ACCOUNT = "CLOUDFLARE_ACCOUNT_ID";
  static final String TOKEN = "CLOUDFLARE_API_TOKEN";

  /** Records on a page: the most that the API gives. */
  static final int PAGE = 1000;

  static Target of(Map<String, String> variables) {
    return new Target(
        Objects.requireNonNull(variables.get(BASE_URL)),
        Objects.requireNonNull(variables.get(ACCOUNT)),
        Objects.requireNonNull(variables.get(TOKEN)));
  }

  /** The environment that names it. */
  Map<String, String> variables() {
    return Map.of(BASE_URL, baseUrl, ACCOUNT, account, TOKEN, token);
  }

  /** The address of the account's settings. */
  String settings() {
    return baseUrl + "/accounts/" + account + "/email-security/settings";
  }

  /** The address of a page, from 1. */
  String page(int number) {
    return settings()
        + "/block_senders?order=created_at&direction=asc&per_page="
        + PAGE
        + "&page="
        + number;
  }

  String authorization() {
    return "Bearer " + token;
  }
}
