package io.leeway.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.function.Function;

/** A block of a configuration that is read by itself. */
final class ServingBlocks {
  private ServingBlocks() {}

  /**
   * Reads.
   *
   * @throws io.leeway.domain.UserException with all that is wrong
   */
  static <T> T read(String hocon, Function<Block, T> reader) {
    Reading reading = new Reading(Path.of("/data/project").toUri());
    ConfigObject keys = ConfigFactory.parseString(hocon).root();
    Place nowhere = new Place("configuration", 1);
    T read = reader.apply(new Block(reading, new Settings(), "retrain.x", "x", keys, nowhere));
    reading.refuseProblems();
    return read;
  }
}
