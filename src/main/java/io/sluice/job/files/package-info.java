/** Where jobs have their files, the files that people send, and which of both may go. */
@NullMarked
package io.sluice.job.files;

import org.jspecify.annotations.NullMarked;
