/**
 * Whether a batch may be trained on. A model learns what its rows say, so a batch with a fault in
 * its data is rejected before anything is trained, with all that is wrong with it.
 *
 * <p>{@link io.leeway.retrain.expect.Expectations} are inferred from the reference that the model
 * is held against and changed by the configuration. {@link io.leeway.retrain.expect.BatchScan}
 * takes from the batch what has to be known of it, and {@link io.leeway.retrain.expect.Validation}
 * compares the two without looking at rows. Read {@code Validation} first.
 *
 * <p>A fault of the data is an error. That the world has changed is a warning, for that is why one
 * retrains.
 *
 * <p>Not here: how the batch is put together, and what is done with a rejected one. Only {@code
 * BatchScan} and what it calls know Spark.
 */
package io.leeway.retrain.expect;
