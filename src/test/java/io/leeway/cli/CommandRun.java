package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** What a command line printed, and its exit code. */
record CommandRun(int code, String out, String err) {

  /** Runs it in the tests' session. */
  static CommandRun of(String... arguments) {
    return in(LocalSpark.session(), arguments);
  }

  static CommandRun in(SparkSession session, String... arguments) {
    return with(Sessions.running(session), arguments);
  }

  static CommandRun with(Sessions sessions, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Leeway.commandLine(sessions);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /** The printed SQL, split where a notebook splits it. */
  List<String> statements() {
    return Pattern.compile(";\n\n")
        .splitAsStream(out)
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  /** The last line of standard output. */
  JsonNode summary() {
    return json(lines().get(lines().size() - 1));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
