/**
 * Floor 5: the jobs themselves, each a pipeline of named steps: export now; import, migration and
 * comparison build on the same parts. Knows every floor below, and nothing of terminals or HTTP
 * servers.
 */
@NullMarked
package io.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
