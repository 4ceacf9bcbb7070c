/**
 * The work of commands and jobs: exports, imports, transfers and comparisons, and what they share:
 * a session with an account, listings that can be trusted, failures in words. Knows nothing of
 * terminals or HTTP servers.
 */
@NullMarked
package io.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
