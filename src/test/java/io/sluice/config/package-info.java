/** Tests of where account, credential and pace come from. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
