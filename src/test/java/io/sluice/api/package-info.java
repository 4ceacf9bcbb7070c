/** Tests of the client: what it reads out of answers, and how it behaves over a real socket. */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
