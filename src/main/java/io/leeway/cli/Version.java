package io.leeway.cli;

import io.leeway.monitor.Code;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Leeway " + Code.version()};
  }
}
