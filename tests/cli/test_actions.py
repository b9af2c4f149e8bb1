"""Named questions, asked about files and about what comes on standard input."""

OWN = 'own_actions = "Paid = What is the total?"\n'


def test_an_own_action_is_asked_about_what_comes_in(product):
    product.home.mkdir()
    (product.home / "settings.toml").write_text(OWN)
    ended = product.run("ask", "--action", "paid", "-", stdin="Apples: 3.20\nTotal: 12.50 EUR\n")
    assert (ended.code, ended.out) == (0, "12.50 EUR\n")
    assert "in standard input, page 1 at [" in ended.notes


def test_actions_are_listed_and_an_unknown_one_is_told(product):
    product.home.mkdir()
    (product.home / "settings.toml").write_text(OWN)
    listed = product.run("ask", "--actions", "--json").json["actions"]
    assert listed[0] == {"name": "Paid", "question": "What is the total?"}
    unknown = product.run("ask", "--action", "due", "--json")
    assert (unknown.code, unknown.error["sentence"]) == (2, "No action is called due.")
    assert "Paid, read" in unknown.error["remedy"]


def test_a_file_behind_a_question_is_what_it_is_about(product):
    nowhere = product.run("ask", "What is it?", "nowhere.pdf", "--json")
    assert (nowhere.code, nowhere.error["kind"]) == (1, "file")
    about_nothing = product.run("ask", "--action", "read", "--json")
    assert (about_nothing.code, about_nothing.error["kind"]) == (2, "question")
