package io.leeway.registry.files;

/**
 * A model's folder.
 *
 * @param model its name
 * @param path of the folder
 * @param digest SHA-256 of what the model does, in hexadecimal: equal for equal models, whenever
 *     and wherever they were trained
 * @param seal SHA-256 of its manifest, in hexadecimal: who changes a file and the manifest with it
 *     breaks it
 * @param files in it, the manifest apart
 * @param bytes of these files
 */
public record SavedModel(
    String model, String path, String digest, String seal, int files, long bytes) {
  public SavedModel {
    if (digest.length() != 64 || seal.length() != 64 || files < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "Model " + model + " at " + path + ": digest " + digest + ", " + files + " files.");
    }
  }
}
