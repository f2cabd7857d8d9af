package io.leeway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants of Java as words of the file: {@code ONE_HOT} is written {@code one-hot}. */
final class Words {
  private Words() {}

  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> List<String> texts(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::text).toList();
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException in words, if there is none
   */
  static <E extends Enum<E>> E parse(String text, Class<E> type) {
    String word = Block.oneOf(text, texts(type));
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static <E extends Enum<E>> E choice(Block block, String key, E standard, Class<E> type) {
    return parse(block.choice(key, text(standard), texts(type)), type);
  }

  /** A switch; {@code yes} and {@code on} are not read as one. */
  static boolean yesNo(Block block, String key, boolean standard) {
    String word = block.choice(key, Boolean.toString(standard), List.of("true", "false"));
    return Boolean.parseBoolean(word);
  }
}
