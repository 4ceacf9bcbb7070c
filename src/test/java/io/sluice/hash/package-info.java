@NullMarked
package io.sluice.hash;

import org.jspecify.annotations.NullMarked;
