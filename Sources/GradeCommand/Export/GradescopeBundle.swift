/// The two scripts that Gradescope asks of an autograder.
///
/// It unpacks the bundle into `/autograder/source`, runs `setup.sh` once for the image, and
/// `run_autograder` for every submission, which it puts into `/autograder/submission`.
struct GradescopeBundle {
  /// The release of the toolchain: "6.3.1".
  let swift: String
  let seed: UInt64
  /// What `--points` is given; nothing, if it is empty.
  let points: String

  /// The directory that everything is in; a test has another.
  private static let place = "AUTOGRADER=${AUTOGRADER:-/autograder}"

  /// The toolchain is that of the one who exports, so that both graders agree.
  var setup: String {
    """
    #!/usr/bin/env bash
    # Installs Swift \(swift), unless there is one, and builds the grader.
    set -euo pipefail
    \(Self.place)
    if ! command -v swift > /dev/null; then
      export DEBIAN_FRONTEND=noninteractive
      apt-get update
      apt-get install -y binutils curl git gnupg2 libc6-dev libcurl4-openssl-dev libedit2 \\
        libgcc-11-dev libncurses-dev libsqlite3-0 libstdc++-11-dev libxml2-dev libz3-dev \\
        pkg-config python3 tzdata unzip zlib1g-dev
      . /etc/os-release
      suffix=$([ "$(uname -m)" = aarch64 ] && echo -aarch64 || true)
      name=swift-\(swift)-RELEASE
      url=https://download.swift.org/swift-\(swift)-release/$ID${VERSION_ID//./}$suffix/$name
      curl -fsSL "$url/$name-$ID$VERSION_ID$suffix.tar.gz" | tar -xz -C /usr --strip-components=2
    fi
    cd "$AUTOGRADER/source/katas"
    swift build --disable-index-store --product grade

    """
  }

  var runAutograder: String {
    let points = points.isEmpty ? "" : " --points \(points)"
    return """
      #!/usr/bin/env bash
      # Grades one submission. The seed is the same for everybody, and students do not see it.
      set -uo pipefail
      \(Self.place)
      results=$AUTOGRADER/results/results.json
      mkdir -p "$AUTOGRADER/results"
      cd "$AUTOGRADER/source/katas"
      .build/debug/grade class "$AUTOGRADER/submission" --student submission\(points) \\
        --seed \(seed) --format gradescope --output "$results" 2> grade.txt && exit
      cat grade.txt
      # Whatever went wrong, Gradescope has to have a result.
      [ -s "$results" ] || cat > "$results" << 'END'
      {
        "score": 0,
        "output": "Nothing could be graded. Hand in Backprop.swift, or a folder katas/ that holds backprop/Backprop.swift, by the names of your katas.",
        "output_format": "text"
      }
      END

      """
  }
}
