/**
 * Which records match an address, a domain or an IP address, and by what: the one place that knows
 * how patterns are compared, for whoever asks about one sender and for whoever asks about all.
 */
@NullMarked
package io.sluice.pipeline.insight.match;

import org.jspecify.annotations.NullMarked;
