/** Output for people, and JSON for scripts: plans, faults, failures and differences. */
@NullMarked
package io.sluice.cli.text;

import org.jspecify.annotations.NullMarked;
