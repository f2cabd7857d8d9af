/**
 * A made-up Australian lender whose applications for personal loans are scored by a model: for the
 * quickstart, for examples and for tests that need to know what is in the data.
 *
 * <p>Every row is a pure function of (seed, day, index in the day), so any number of rows comes out
 * alike on any cluster layout. In calm times the score is calibrated by construction; an {@link
 * io.leeway.simulate.Event} makes one thing go wrong, from a known day on, and leaves everything
 * that does not follow from it as it was, bit by bit.
 *
 * <p>Not here: anything that Leeway does with such tables. Only {@link
 * io.leeway.simulate.SimulatedTables} knows Spark. Read {@link io.leeway.simulate.Simulation}
 * first, then {@link io.leeway.simulate.Event}.
 */
package io.leeway.simulate;
