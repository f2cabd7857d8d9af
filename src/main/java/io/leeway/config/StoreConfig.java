package io.leeway.config;

import java.util.Optional;

/**
 * Where the result tables lie, under one path or in a schema of a catalog, and how long they keep
 * what.
 */
public record StoreConfig(
    Optional<String> path,
    Optional<String> catalog,
    Optional<String> schema,
    RetentionConfig retention) {
  private static final String BOTH_FORMS =
      "write either path = \"...\", or catalog = ... and schema = ...";

  public StoreConfig {
    if (path.isPresent() == schema.isPresent() || schema.isPresent() != catalog.isPresent()) {
      throw new IllegalArgumentException("The store has not exactly one form; " + BOTH_FORMS + ".");
    }
  }

  /** A place whose tables are kept as by default. */
  public StoreConfig(Optional<String> path, Optional<String> catalog, Optional<String> schema) {
    this(path, catalog, schema, RetentionConfig.defaults());
  }

  static StoreConfig read(Block block) {
    Optional<Value> written = block.find("path");
    Optional<String> path =
        written.flatMap(value -> value.text().flatMap(text -> TableRef.path(value, text)));
    Optional<String> catalog = block.optionalText("catalog");
    Optional<String> schema = block.optionalText("schema");
    RetentionConfig retention = RetentionConfig.read(block.blockOrEmpty("retention"));
    block.refuseUnknownKeys();
    boolean inCatalog = block.find("catalog").isPresent() || block.find("schema").isPresent();
    if (written.isPresent() && inCatalog) {
      block.wrong("names a path and a catalog or schema; " + BOTH_FORMS);
    } else if (inCatalog) {
      if (block.find("catalog").isEmpty()) {
        block.missing("catalog", BOTH_FORMS);
      } else if (block.find("schema").isEmpty()) {
        block.missing("schema", BOTH_FORMS);
      }
    } else if (written.isEmpty()) {
      block.wrong("says no place; " + BOTH_FORMS);
    }
    return path.isEmpty() && catalog.isPresent() && schema.isPresent()
        ? new StoreConfig(Optional.empty(), catalog, schema, retention)
        : new StoreConfig(
            Optional.of(path.orElse(Block.MISSING)), Optional.empty(), Optional.empty(), retention);
  }
}
