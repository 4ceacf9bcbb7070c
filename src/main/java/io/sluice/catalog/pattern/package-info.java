/**
 * The syntax of patterns: addresses, domain names, IP addresses and blocks, regular expressions;
 * how each is checked, and which one spelling stands for all that mean the same. Knows texts alone,
 * and no resource. Imports no other package of Sluice.
 */
@NullMarked
package io.sluice.catalog.pattern;

import org.jspecify.annotations.NullMarked;
