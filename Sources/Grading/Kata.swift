package import Exam

/// What the catalogue says of one kata.
package struct Kata: Sendable, Equatable {
  /// The name on the command line, and of the folders under `katas/` and `solutions/`.
  package let name: String
  /// The type that the learner writes; its file is `<type>.swift`.
  package let type: String
  /// The protocol of KataKit that the type conforms to.
  package let requirement: String
  package let title: String
  package let track: Track
  /// How long a prepared candidate takes, from a blank stub.
  package let minutes: Int
  /// How many times the usual processor time a check may take.
  package let patience: Int
  /// What the protocol did not require from the start.
  package let additions: [Addition]

  /// - Parameter requirement: the type's name with "Kata" behind it, unless something else is said.
  package init(
    _ exam: (some Exam).Type, requirement: String? = nil, title: String, track: Track,
    minutes: Int, patience: Int = 1, additions: [Addition] = []
  ) {
    self.init(
      exam.name, type: exam.type, requirement: requirement, title: title, track: track,
      minutes: minutes, patience: patience, additions: additions)
  }

  package init(
    _ name: String, type: String, requirement: String? = nil, title: String, track: Track,
    minutes: Int, patience: Int = 1, additions: [Addition] = []
  ) {
    self.name = name
    self.type = type
    self.requirement = requirement ?? type + "Kata"
    self.title = title
    self.track = track
    self.minutes = minutes
    self.patience = patience
    self.additions = additions
  }
}

/// A method that a kata asks for since some time: an attempt from before lacks it.
package struct Addition: Sendable, Equatable {
  /// As the compiler names it: "backward(upstream:logits:)".
  package let method: String
  /// What is new, as a sentence to who wrote the attempt.
  package let sentence: String

  package init(_ method: String, _ sentence: String) {
    self.method = method
    self.sentence = sentence
  }
}

/// The parts of the curriculum, in the order in which they build on each other.
package enum Track: String, CaseIterable, Sendable {
  case neuron, loss, backward, initialization, optimizer, training, regularization, layers, capstone
}
