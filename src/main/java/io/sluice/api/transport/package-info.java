/**
 * How a call travels: connections, proxies, certificates, and what stood in the way when it did not
 * arrive.
 */
@NullMarked
package io.sluice.api.transport;

import org.jspecify.annotations.NullMarked;
