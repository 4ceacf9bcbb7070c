/**
 * Where a run gets its account, credential and pace from: flags, environment, profiles. Knows the
 * client of the API and the flow of calls.
 */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
