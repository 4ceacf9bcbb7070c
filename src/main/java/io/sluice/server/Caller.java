package io.sluice.server;

import io.sluice.job.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name what is noted of who did something
 * @param session the console's session, or null for whoever came with a key
 */
record Caller(String name, Role role, @Nullable Session session) {}
