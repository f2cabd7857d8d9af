/**
 * Whether scores can be read as probabilities, from counts and sums of labelled rows by bins of the
 * score. Read {@link io.leeway.stats.calibration.ReliabilityBin} and {@link
 * io.leeway.stats.calibration.ReliabilityTable} first; {@link
 * io.leeway.stats.calibration.Reliability} is what people look at.
 *
 * <p>Distances, which only grow with noise: {@link
 * io.leeway.stats.calibration.ExpectedCalibrationError}, {@link
 * io.leeway.stats.calibration.MaximumCalibrationError}, {@link
 * io.leeway.stats.calibration.SquaredCalibrationError}. None of them may be compared between groups
 * of different size. Signed quantities and tests, which may: {@link
 * io.leeway.stats.calibration.CalibrationInTheLarge}, {@link
 * io.leeway.stats.calibration.ObservedExpected}, {@link
 * io.leeway.stats.calibration.LogisticCalibration}, {@link
 * io.leeway.stats.calibration.CumulativeCalibrationError} and {@link
 * io.leeway.stats.calibration.SpiegelhalterTest}. {@link
 * io.leeway.stats.calibration.BrierDecomposition} says what a Brier score is made of.
 *
 * <p>How well scores rank is not here.
 */
package io.leeway.stats.calibration;
