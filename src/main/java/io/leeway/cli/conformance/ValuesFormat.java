package io.leeway.cli.conformance;

import java.nio.file.Path;

/** The files of values that a folder may hold, each of which lists other numbers. */
enum ValuesFormat {
  /** Performance, fairness, statistics and drift of the model. */
  EXPECTED("expected.csv.gz"),

  /** Performance with the predictions and labels up to a time, for several times. */
  AS_OF("expected_asof.csv.gz"),

  /** Performance of another model on the same rows. */
  CHALLENGER("expected_challenger.csv.gz");

  private final String fileName;

  ValuesFormat(String fileName) {
    this.fileName = fileName;
  }

  /** The name that the file of expected values has. */
  String fileName() {
    return fileName;
  }

  Path in(Path folder) {
    return folder.resolve(fileName);
  }
}
