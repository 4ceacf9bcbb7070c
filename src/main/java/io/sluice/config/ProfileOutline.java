package io.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * A profile as far as it can be shown to anybody.
 *
 * @param account the account's id; empty if none is given
 * @param baseUrl where its API is, without anything secret
 * @param credential where its credential is, never what it is
 * @param problem why the profile cannot be used as it is; null if it can
 */
public record ProfileOutline(
    String name, String account, String baseUrl, String credential, @Nullable String problem) {}
