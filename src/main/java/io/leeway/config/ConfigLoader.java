package io.leeway.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.leeway.domain.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads a configuration. A problem is one line, {@code file:line: path: what is wrong; what to do},
 * and all problems arrive in one exception; a file that is no HOCON has the one problem where
 * reading stopped.
 *
 * <p>Keys outside the block {@code leeway} are left to substitutions. {@code ${NAME}} takes a value
 * from elsewhere in the file or from the environment; what came from the environment is never
 * shown. A block {@code leeway.defaults} lies beneath every model.
 */
public final class ConfigLoader {
  private static final String ROOT = "leeway";

  private ConfigLoader() {}

  /**
   * Reads a file; relative paths in it start at its folder.
   *
   * @throws UserException with all problems
   */
  public static LeewayConfig load(Path file) {
    if (!Files.exists(file)) {
      throw new UserException(
          file + ": there is no such file; check the path of the configuration.");
    }
    if (Files.isDirectory(file)) {
      throw new UserException(file + ": is a folder; name the configuration file in it.");
    }
    try {
      Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": is not UTF-8 text; save the configuration as UTF-8.", e);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read (" + e + "); check its permissions and storage.", e);
    }
    Path folder = file.toAbsolutePath().getParent();
    ConfigParseOptions options = options(file.toString()).setAllowMissing(false);
    return read(file.toString(), folder, () -> ConfigFactory.parseFile(file.toFile(), options));
  }

  /**
   * Reads a text; problems call its place {@code configuration}.
   *
   * @param baseFolder where relative paths start
   * @throws UserException with all problems
   */
  public static LeewayConfig load(String hocon, Path baseFolder) {
    String source = "configuration";
    return read(source, baseFolder, () -> ConfigFactory.parseString(hocon, options(source)));
  }

  private static ConfigParseOptions options(String source) {
    return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(source);
  }

  private static LeewayConfig read(String source, Path folder, Supplier<Config> parser) {
    Place file = new Place(source, 0);
    ConfigObject root;
    try {
      root = parser.get().resolve().root();
    } catch (ConfigException e) {
      throw SyntaxProblem.worded(e, file);
    }
    Reading reading = new Reading(folder);
    Block top = new Block(reading, new Settings(), "", "", root, file);
    if (top.find(ROOT).isEmpty()) {
      top.missing(
          ROOT, "write all settings in a block: leeway { store.path = ..., models { ... } }");
    }
    for (String key : root.keySet()) {
      if (!key.equals(ROOT) && Nearest.distance(key, ROOT) <= 2) {
        top.wrong(key, "unknown key; did you mean '" + ROOT + "'?");
      }
    }
    Optional<LeewayConfig> config = top.block(ROOT).map(leeway -> read(source, reading, leeway));
    reading.refuseProblems();
    return config.orElseThrow();
  }

  private static LeewayConfig read(String source, Reading reading, Block leeway) {
    Map<String, String> shown = new TreeMap<>();
    Settings ofStore = new Settings();
    Block place = leeway.blockOrEmpty("store").recordedIn(ofStore);
    StoreConfig store = StoreConfig.read(place);
    shown.putAll(ofStore.shown(place.path()));
    Settings ofNotices = new Settings();
    Block telling = leeway.blockOrEmpty("notices").recordedIn(ofNotices);
    NoticesConfig notices = NoticesConfig.read(telling);
    shown.putAll(ofNotices.shown(telling.path()));
    Optional<Block> defaults = leeway.block("defaults");
    Block named = leeway.blockOrEmpty("models");
    if (named.keys().isEmpty()) {
      leeway.missing("models", "write models.NAME { task = ..., predictions { ... } }");
    }
    List<ModelConfig> models = new ArrayList<>();
    for (String name : named.keys()) {
      Optional<Block> model = named.block(name);
      if (model.isPresent() && model.get().looksLikeASplitName()) {
        continue;
      }
      model
          .map(own -> defaults.isPresent() ? own.over(defaults.get()) : own)
          .ifPresent(
              block -> {
                Settings settings = new Settings();
                models.add(ModelConfig.read(name, block.recordedIn(settings), settings));
                shown.putAll(settings.shown(block.path()));
              });
    }
    leeway.refuseUnknownKeys();
    return new LeewayConfig(store, notices, models, source, reading.relativePaths(), shown);
  }
}
