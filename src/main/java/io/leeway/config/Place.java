package io.leeway.config;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in which file something is written; line 0 means the file as a whole. */
record Place(String file, int line) implements Comparable<Place> {
  private static final Pattern LINE = Pattern.compile(": (\\d+)");

  /** Of a value; one that came from the environment stands where its enclosing block does. */
  static Place of(ConfigOrigin origin, Place enclosing) {
    int line = origin.lineNumber();
    if (line < 1) {
      Matcher inDescription = LINE.matcher(origin.description());
      if (!inDescription.find()) {
        return enclosing;
      }
      line = Integer.parseInt(inDescription.group(1));
    }
    return new Place(origin.filename() == null ? enclosing.file : origin.filename(), line);
  }

  @Override
  public int compareTo(Place other) {
    return Comparator.comparing(Place::file).thenComparingInt(Place::line).compare(this, other);
  }

  @Override
  public String toString() {
    return line < 1 ? file : file + ":" + line;
  }
}
