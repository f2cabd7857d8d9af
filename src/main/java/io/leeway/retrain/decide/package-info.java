/**
 * Whether breaches call for retraining, and if not, why not. Pure: {@link
 * io.leeway.retrain.decide.RetrainDecision} follows from what is open, how the model stands in the
 * registry, and how many new labels there are.
 */
package io.leeway.retrain.decide;
