/**
 * Floor 4: where a run gets its account, credential and pace from: flags, environment, profiles.
 * Knows the api and flow floors.
 */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
