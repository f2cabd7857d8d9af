package io.leeway.config;

import com.typesafe.config.ConfigException;
import io.leeway.domain.UserException;
import java.util.regex.Pattern;

/** What the HOCON reader could not make sense of, in the form of all other problems. */
final class SyntaxProblem {
  /** The reader repeats the place and guesses at file formats. */
  private static final Pattern NOISE =
      Pattern.compile(
          "^.*?: \\d+: |,? or you may be able to rename the file[^)]*|^[^ ]+: (?=java\\.)");

  private SyntaxProblem() {}

  static UserException worded(ConfigException e, Place file) {
    Place place = e.origin() == null ? file : Place.of(e.origin(), file);
    String said = NOISE.matcher(e.getMessage()).replaceAll("");
    String text;
    if (e instanceof ConfigException.UnresolvedSubstitution) {
      text = said + "; set that variable, or write ${?NAME} where it may be missing";
    } else if (e instanceof ConfigException.IO) {
      text = "an included file cannot be read: " + said + "; check its path";
    } else if (said.contains("end of file")) {
      text = "ends within a block, list or text; close the brace, bracket or quotation mark";
    } else {
      text =
          said
              + "; texts that hold any of : = { } [ ] , + # ` ^ ? ! @ * & \\ ' or \" go in double quotes";
    }
    return new UserException(place + ": HOCON syntax: " + text, e);
  }
}
