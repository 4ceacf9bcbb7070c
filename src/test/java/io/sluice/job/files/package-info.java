@NullMarked
package io.sluice.job.files;

import org.jspecify.annotations.NullMarked;
