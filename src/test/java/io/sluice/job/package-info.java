@NullMarked
package io.sluice.job;

import org.jspecify.annotations.NullMarked;
