/** What the facilitator's desk says, and the home page of it. */
export const deskWords = {
  signIn: "Facilitators: sign in",
  create: "Create a session and invite someone",
  endTitle: "End this session?",
  endWarning:
    "The call closes for everyone and the links stop working. What was said and hinted is erased, unless your partner agreed that it is kept. This can't be undone.",
  endNow: "End and erase",
  endNot: "Go back",
};

/** What became of the text of a session that was ended. @param {boolean} erased */
export function endedWords(erased) {
  return erased
    ? "The session has ended, and its text is erased."
    : "The session has ended. Its text is kept, as your partner agreed. You can download or erase it below.";
}

/** A list that is no longer up to date says so. @param {string} why */
export function staleWords(why) {
  return `This list is not up to date: ${why}`;
}
