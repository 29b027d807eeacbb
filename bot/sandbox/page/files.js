// The file input of a modal: files are chosen or dropped, uploaded at once, and sent by id.

import { RequestFailed } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { toast } from "./float.js";
import { t } from "./texts.js";

const MAX_FILES = 10;

/** Names of uploaded files by id; a view's state holds the ids only. */
const names = new Map();

/** The node of a `file_input`. `label` names it for assistive technology. */
export function fileInput(element, block, scope, label) {
  return new FileInput(element, block, scope, label).node;
}

class FileInput {
  constructor(element, block, scope, label) {
    this.element = element;
    this.block = block;
    this.scope = scope;
    const files = scope.start(block, element).files ?? [];
    for (const { id, name } of files) if (name) names.set(id, name);
    this.ids = files.map(({ id }) => id);
    this.max = element.max_files ?? MAX_FILES;
    this.types = (element.filetypes ?? []).map((type) => type.toLowerCase());
    this.build(label);
    this.wire();
    this.paint();
  }

  build(label) {
    const types = this.types;
    this.chooser = h("input", {
      type: "file",
      class: "visually-hidden",
      multiple: this.max > 1,
      accept: types.length ? types.map((type) => `.${type}`).join(",") : undefined,
      ...label,
    });
    this.list = h("ul", { class: "files" });
    this.drop = h(
      "label",
      { class: "drop" },
      icon("upload", 20),
      h("span", { class: "drop-button" }, t("add_file")),
      h("span", { class: "drop-hint" }, types.length ? `.${types.join(", .")}` : t("drop_file")),
      this.chooser,
    );
    this.node = h("div", { class: "file-input" }, this.drop, this.list);
  }

  wire() {
    this.chooser.addEventListener("change", async () => {
      await this.add([...this.chooser.files]);
      this.chooser.value = "";
    });
    this.drop.addEventListener("dragover", (event) => event.preventDefault());
    this.drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
  }

  async add(files) {
    for (const file of files) {
      const type = file.name.split(".").at(-1).toLowerCase();
      if (this.types.length && !this.types.includes(type)) {
        toast(t("wrong_filetype", { types: this.types.join(", ") }));
      } else if (this.ids.length >= this.max) {
        toast(t("too_many_files", { n: this.max }));
      } else {
        await this.send(file);
      }
    }
  }

  async send(file) {
    this.drop.classList.add("busy");
    try {
      const { id, name } = await this.scope.upload(file);
      names.set(id, name);
      this.keep([...this.ids, id]);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      toast(error.message);
    } finally {
      this.drop.classList.remove("busy");
    }
  }

  keep(ids) {
    this.ids = ids;
    this.scope.put(this.block, this.element, { files: ids.map((id) => ({ id })) });
    this.paint();
  }

  paint() {
    fill(this.list, this.ids.map((id) => this.row(id)));
  }

  row(id) {
    const name = names.get(id);
    const remove = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("remove", { name }),
        onClick: () => this.keep(this.ids.filter((other) => other !== id)),
      },
      icon("close", 14),
    );
    return h("li", { class: "file" }, icon("file"), h("span", {}, name), remove);
  }
}
