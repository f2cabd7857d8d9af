package io.leeway.config;

import com.typesafe.config.ConfigFactory;
import java.util.function.Function;

/** Reads what stands in a {@code retrain} block, line by line from line 1. */
final class RetrainBlock {
  private RetrainBlock() {}

  /** What a reader makes of it, if there is no problem, of unknown keys neither. */
  static <T> T read(String hocon, Function<Block, T> reader) {
    Reading reading = new Reading(FiveLines.FOLDER.toUri());
    Place place = new Place("configuration", 0);
    Block block =
        new Block(
            reading,
            new Settings(),
            "retrain",
            "retrain",
            ConfigFactory.parseString(hocon).root(),
            place);
    T read = reader.apply(block);
    block.refuseUnknownKeys();
    reading.refuseProblems();
    return read;
  }
}
