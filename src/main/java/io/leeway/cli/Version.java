package io.leeway.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; classes outside a jar have none. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Leeway " + text()};
  }

  static String text() {
    String version = Leeway.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
