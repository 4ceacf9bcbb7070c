/** Words for people, and JSON for scripts: summaries, plans, faults and failures. */
@NullMarked
package io.sluice.cli.text;

import org.jspecify.annotations.NullMarked;
