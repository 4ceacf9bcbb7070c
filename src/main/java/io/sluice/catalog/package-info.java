/**
 * The settings of Cloudflare Email Security, as data: resources, their fields, types, limits,
 * aliases and natural keys, and the checks that follow from them. Imports no other package of
 * Sluice.
 */
@NullMarked
package io.sluice.catalog;

import org.jspecify.annotations.NullMarked;
