/** The bodies of requests: JSON that is understood to the last property, and files. */
@NullMarked
package io.sluice.server.http.body;

import org.jspecify.annotations.NullMarked;
