/**
 * A backup on disk: the directory that is complete or absent, its manifest, its verification, and
 * which old ones may go. Knows the catalogue and the disk; knows no HTTP.
 */
@NullMarked
package io.sluice.snapshot;

import org.jspecify.annotations.NullMarked;
