/** Sluice moves Cloudflare Email Security settings in bulk. Its floors are the packages below. */
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
