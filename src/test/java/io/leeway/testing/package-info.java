/** What tests of several rooms share. */
package io.leeway.testing;
