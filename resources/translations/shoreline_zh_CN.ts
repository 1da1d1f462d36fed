<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Shoreline</source>
        <translation>关于 Shoreline</translation>
    </message>
    <message>
        <source>A desktop studio for Stable Diffusion: layers, masks, history, plugins.</source>
        <translation>Stable Diffusion 桌面工作室：图层、蒙版、历史、插件。</translation>
    </message>
    <message>
        <source>Licensed under the Apache License 2.0. It stands on free libraries; their licences are listed in the third-party credits that come with it.</source>
        <translation>以 Apache License 2.0 授权。它建立在自由软件库之上；各库的许可证列在随附的第三方鸣谢中。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>Start a new picture</source>
        <translation>开始一幅新图片</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开一幅图片</translation>
    </message>
    <message>
        <source>Open as &amp;Layer…</source>
        <translation>作为图层打开(&amp;L)…</translation>
    </message>
    <message>
        <source>Put a picture file into this one as a layer</source>
        <translation>把一个图片文件作为图层放入当前图片</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save the picture to its file</source>
        <translation>把图片保存到它的文件</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the picture to another file</source>
        <translation>把图片保存到另一个文件</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Export Sprite S&amp;heet…</source>
        <translation>导出精灵表(&amp;H)…</translation>
    </message>
    <message>
        <source>Put layers, results or frames on one picture, with a JSON file of where each lies</source>
        <translation>把图层、生成结果或帧排进一张图片，并附上记录位置的 JSON 文件</translation>
    </message>
    <message>
        <source>&amp;Close Picture</source>
        <translation>关闭图片(&amp;C)</translation>
    </message>
    <message>
        <source>Close the picture that is shown; others stay open</source>
        <translation>关闭当前显示的图片；其他图片保持打开</translation>
    </message>
    <message>
        <source>&amp;Clear Recent Files</source>
        <translation>清除最近文件(&amp;C)</translation>
    </message>
    <message>
        <source>Forget which files were opened and saved last</source>
        <translation>忘记最近打开和保存过的文件</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Write a copy of the picture to another file; it keeps its own</source>
        <translation>把图片的副本写入另一个文件；图片保留自己的文件</translation>
    </message>
    <message>
        <source>Close Shoreline</source>
        <translation>关闭 Shoreline</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Go one step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Go one step forward</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;Merged</source>
        <translation>合并复制(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Paste as Layer</source>
        <translation>粘贴为图层(&amp;P)</translation>
    </message>
    <message>
        <source>Put the picture on the clipboard into a new layer</source>
        <translation>把剪贴板上的图片放入新图层</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清除(&amp;L)</translation>
    </message>
    <message>
        <source>Move what is selected of the layer (all of it without a selection) to the clipboard</source>
        <translation>把图层中选中的部分（没有选区时为全部）移到剪贴板</translation>
    </message>
    <message>
        <source>Copy what is selected of the layer (all of it without a selection) to the clipboard</source>
        <translation>把图层中选中的部分（没有选区时为全部）复制到剪贴板</translation>
    </message>
    <message>
        <source>Copy what is seen of the selection (all without one) to the clipboard</source>
        <translation>把选区内看到的内容（没有选区时为全部）复制到剪贴板</translation>
    </message>
    <message>
        <source>Clear what is selected of the layer (all of it without a selection)</source>
        <translation>清除图层中选中的部分（没有选区时为全部）</translation>
    </message>
    <message>
        <source>&amp;Swap Colours</source>
        <translation>交换颜色(&amp;S)</translation>
    </message>
    <message>
        <source>Paint with the other colour</source>
        <translation>改用另一种颜色绘画</translation>
    </message>
    <message>
        <source>Black an&amp;d White</source>
        <translation>黑白(&amp;D)</translation>
    </message>
    <message>
        <source>Paint with black, and with white after a swap</source>
        <translation>用黑色绘画，交换后用白色</translation>
    </message>
    <message>
        <source>Palette at the Poi&amp;nter</source>
        <translation>指针处的调色板(&amp;N)</translation>
    </message>
    <message>
        <source>Colours and favourite brushes at the pointer, as by a right click</source>
        <translation>在指针处显示颜色和收藏的画笔，与右键单击相同</translation>
    </message>
    <message>
        <source>&amp;Import Palettes…</source>
        <translation>导入调色板(&amp;I)…</translation>
    </message>
    <message>
        <source>Bring in palettes of GIMP and Krita (.gpl) and Adobe&apos;s swatches (.ase)</source>
        <translation>导入 GIMP 和 Krita 的调色板（.gpl）以及 Adobe 色板（.ase）</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>首选项(&amp;F)…</translation>
    </message>
    <message>
        <source>Theme, language, device, memory and shortcuts</source>
        <translation>主题、语言、设备、内存和快捷键</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Show the picture larger</source>
        <translation>把图片显示得更大</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show the picture smaller</source>
        <translation>把图片显示得更小</translation>
    </message>
    <message>
        <source>&amp;Fit in Window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整幅图片</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>Show one picture pixel as one screen pixel</source>
        <translation>图片的一个像素显示为屏幕的一个像素</translation>
    </message>
    <message>
        <source>Rotate &amp;Left</source>
        <translation>向左旋转(&amp;L)</translation>
    </message>
    <message>
        <source>Turn the view to the left by 15°; the picture stays as it is</source>
        <translation>视图向左转 15°；图片本身不变</translation>
    </message>
    <message>
        <source>Rotate &amp;Right</source>
        <translation>向右旋转(&amp;R)</translation>
    </message>
    <message>
        <source>Turn the view to the right by 15°; the picture stays as it is</source>
        <translation>视图向右转 15°；图片本身不变</translation>
    </message>
    <message>
        <source>&amp;Mirror View</source>
        <translation>镜像视图(&amp;M)</translation>
    </message>
    <message>
        <source>Mirror the view; the picture stays as it is</source>
        <translation>镜像视图；图片本身不变</translation>
    </message>
    <message>
        <source>&amp;Wrap Around</source>
        <translation>环绕显示(&amp;W)</translation>
    </message>
    <message>
        <source>Show the picture repeated around itself; strokes that leave it go on at its other side</source>
        <translation>在图片四周重复显示图片；画出边界的笔触会从另一边继续</translation>
    </message>
    <message>
        <source>Re&amp;set View</source>
        <translation>重置视图(&amp;S)</translation>
    </message>
    <message>
        <source>No rotation, no mirror, the whole picture</source>
        <translation>不旋转、不镜像，显示整幅图片</translation>
    </message>
    <message>
        <source>&amp;Next Picture</source>
        <translation>下一张图片(&amp;N)</translation>
    </message>
    <message>
        <source>Show the open picture to the right</source>
        <translation>显示右边那张已打开的图片</translation>
    </message>
    <message>
        <source>Pr&amp;evious Picture</source>
        <translation>上一张图片(&amp;E)</translation>
    </message>
    <message>
        <source>Show the open picture to the left</source>
        <translation>显示左边那张已打开的图片</translation>
    </message>
    <message>
        <source>Show Mas&amp;k</source>
        <translation>显示蒙版(&amp;K)</translation>
    </message>
    <message>
        <source>Show or hide the mask&apos;s colour over the picture</source>
        <translation>显示或隐藏图片上的蒙版颜色</translation>
    </message>
    <message>
        <source>Preview O&amp;ver the Picture</source>
        <translation>在图片上预览(&amp;V)</translation>
    </message>
    <message>
        <source>See what is being drawn on its place; painting moves it into the corner</source>
        <translation>在原位查看正在绘制的内容；开始绘画时会移到角落</translation>
    </message>
    <message>
        <source>Reset Panel Layout</source>
        <translation>重置面板布局</translation>
    </message>
    <message>
        <source>Put all panels where they were when Shoreline was new</source>
        <translation>将所有面板放回 Shoreline 最初的位置</translation>
    </message>
    <message>
        <source>&amp;Canvas Only</source>
        <translation>仅画布(&amp;C)</translation>
    </message>
    <message>
        <source>Put panels and bars away, and bring them back</source>
        <translation>收起面板和各栏，再次执行则恢复</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Fill the screen with the window</source>
        <translation>让窗口占满屏幕</translation>
    </message>
    <message>
        <source>Lock &amp;Panels</source>
        <translation>锁定面板(&amp;P)</translation>
    </message>
    <message>
        <source>Unlock to drag panels to other places or out of the window; their titles show then</source>
        <translation>解锁后可把面板拖到别处或拖出窗口；此时会显示面板标题</translation>
    </message>
    <message>
        <source>&amp;Dark Theme</source>
        <translation>深色主题(&amp;D)</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>在深色与浅色主题之间切换</translation>
    </message>
    <message>
        <source>Change the weight of the selected words in the prompt, or of the one at its cursor</source>
        <translation>改变提示词中所选词语（或光标处词语）的权重</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>Ask for a picture with the settings of the Generate panel</source>
        <translation>按生成面板的设置生成一幅图片</translation>
    </message>
    <message>
        <source>Gri&amp;d…</source>
        <translation>对比网格(&amp;D)…</translation>
    </message>
    <message>
        <source>Draw pictures side by side that differ in two or three parameters</source>
        <translation>并排画出只在两三个参数上不同的图片</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Stop the picture in progress within one step</source>
        <translation>在一步之内停止正在生成的图片</translation>
    </message>
    <message>
        <source>Cancel &amp;All</source>
        <translation>全部取消(&amp;A)</translation>
    </message>
    <message>
        <source>Stop the picture in progress and empty the queue</source>
        <translation>停止正在生成的图片并清空队列</translation>
    </message>
    <message>
        <source>Clear &amp;Finished</source>
        <translation>清除已结束的任务(&amp;F)</translation>
    </message>
    <message>
        <source>Take what is over out of the queue, with its pictures; layers stay</source>
        <translation>将已结束的任务及其图片移出队列；图层会保留</translation>
    </message>
    <message>
        <source>Use &amp;Settings of This Step</source>
        <translation>使用此步骤的设置(&amp;S)</translation>
    </message>
    <message>
        <source>Show in the Generate panel what made the current step of history</source>
        <translation>在生成面板中显示产生当前历史步骤的设置</translation>
    </message>
    <message>
        <source>Use Settings of This &amp;Layer</source>
        <translation>使用此图层的设置(&amp;L)</translation>
    </message>
    <message>
        <source>Show in the Generate panel what made the active layer</source>
        <translation>在生成面板中显示产生当前图层的设置</translation>
    </message>
    <message>
        <source>Find in Galler&amp;y</source>
        <translation>在图库中查找(&amp;Y)</translation>
    </message>
    <message>
        <source>Search everything that was drawn, in the Gallery panel</source>
        <translation>在图库面板中搜索画过的所有图片</translation>
    </message>
    <message>
        <source>Words Str&amp;onger</source>
        <translation>加强词语(&amp;O)</translation>
    </message>
    <message>
        <source>Words &amp;Weaker</source>
        <translation>减弱词语(&amp;W)</translation>
    </message>
    <message>
        <source>Words a Little Stronger</source>
        <translation>略微加强词语</translation>
    </message>
    <message>
        <source>Words a Little Weaker</source>
        <translation>略微减弱词语</translation>
    </message>
    <message>
        <source>&amp;Plugins…</source>
        <translation>插件(&amp;P)…</translation>
    </message>
    <message>
        <source>See what each plugin adds, and switch plugins on or off</source>
        <translation>查看每个插件增加了什么，并启用或停用插件</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>模型(&amp;M)…</translation>
    </message>
    <message>
        <source>See, add and download models</source>
        <translation>查看、添加和下载模型</translation>
    </message>
    <message>
        <source>&amp;Engine…</source>
        <translation>引擎(&amp;E)…</translation>
    </message>
    <message>
        <source>Install, change or repair what draws the pictures</source>
        <translation>安装、更换或修复绘制图片的引擎</translation>
    </message>
    <message>
        <source>Open Plugin &amp;Folder</source>
        <translation>打开插件文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Show the folder for your own plugins</source>
        <translation>显示存放您自己插件的文件夹</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Read how Shoreline works</source>
        <translation>了解 Shoreline 的用法</translation>
    </message>
    <message>
        <source>&amp;Find a Command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>Search everything that Shoreline can do, by name or by key</source>
        <translation>按名称或按键查找 Shoreline 能做的一切</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>欢迎(&amp;W)</translation>
    </message>
    <message>
        <source>Show the first steps, the language and the state of the engine</source>
        <translation>显示入门步骤、语言和引擎状态</translation>
    </message>
    <message>
        <source>Open &amp;Log Folder</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>Show the folder with the log of problems</source>
        <translation>显示存放问题日志的文件夹</translation>
    </message>
    <message>
        <source>&amp;About Shoreline</source>
        <translation>关于 Shoreline(&amp;A)</translation>
    </message>
    <message>
        <source>Version and credits</source>
        <translation>版本与鸣谢</translation>
    </message>
    <message>
        <source>&amp;New Layer</source>
        <translation>新建图层(&amp;N)</translation>
    </message>
    <message>
        <source>Add an empty layer above this one</source>
        <translation>在此图层上方添加一个空图层</translation>
    </message>
    <message>
        <source>New &amp;Group</source>
        <translation>新建组(&amp;G)</translation>
    </message>
    <message>
        <source>Add an empty group above this layer</source>
        <translation>在此图层上方添加一个空组</translation>
    </message>
    <message>
        <source>G&amp;roup Layer</source>
        <translation>图层编组(&amp;R)</translation>
    </message>
    <message>
        <source>Put this layer into a new group</source>
        <translation>把此图层放入一个新组</translation>
    </message>
    <message>
        <source>&amp;Ungroup</source>
        <translation>取消编组(&amp;U)</translation>
    </message>
    <message>
        <source>Take the layers out of this group</source>
        <translation>把图层从此组中取出</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制图层(&amp;D)</translation>
    </message>
    <message>
        <source>New Layer from Visi&amp;ble</source>
        <translation>由可见内容新建图层(&amp;B)</translation>
    </message>
    <message>
        <source>Add a layer that holds what is seen, all layers joined</source>
        <translation>新建一个图层，内容为合并后所见的画面</translation>
    </message>
    <message>
        <source>Add a copy of this layer</source>
        <translation>添加此图层的副本</translation>
    </message>
    <message>
        <source>R&amp;ename</source>
        <translation>重命名(&amp;E)</translation>
    </message>
    <message>
        <source>Type another name for this layer</source>
        <translation>为此图层输入新的名称</translation>
    </message>
    <message>
        <source>Dele&amp;te</source>
        <translation>删除(&amp;T)</translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation>删除此图层</translation>
    </message>
    <message>
        <source>Move U&amp;p</source>
        <translation>上移(&amp;P)</translation>
    </message>
    <message>
        <source>Move this layer one place up</source>
        <translation>把此图层上移一位</translation>
    </message>
    <message>
        <source>Move Do&amp;wn</source>
        <translation>下移(&amp;W)</translation>
    </message>
    <message>
        <source>Move this layer one place down</source>
        <translation>把此图层下移一位</translation>
    </message>
    <message>
        <source>&amp;Merge Down</source>
        <translation>向下合并(&amp;M)</translation>
    </message>
    <message>
        <source>Join this layer with the one below</source>
        <translation>把此图层与下方图层合为一层</translation>
    </message>
    <message>
        <source>Join all layers that are seen into one, and keep the hidden ones</source>
        <translation>将所有可见图层合并为一个，并保留隐藏的图层</translation>
    </message>
    <message>
        <source>&amp;Flatten Picture</source>
        <translation>拼合图片(&amp;F)</translation>
    </message>
    <message>
        <source>Join all layers that are seen into one</source>
        <translation>把所有可见图层合为一层</translation>
    </message>
    <message>
        <source>&amp;Visible</source>
        <translation>可见(&amp;V)</translation>
    </message>
    <message>
        <source>Show or hide this layer</source>
        <translation>显示或隐藏此图层</translation>
    </message>
    <message>
        <source>Show Alone or All</source>
        <translation>单独显示或全部显示</translation>
    </message>
    <message>
        <source>Hide all layers beside this one; once hidden, show them all</source>
        <translation>隐藏与此图层同级的其他图层；若已隐藏，则全部显示</translation>
    </message>
    <message>
        <source>L&amp;ocked</source>
        <translation>锁定(&amp;O)</translation>
    </message>
    <message>
        <source>Protect this layer from changes</source>
        <translation>保护此图层不被改动</translation>
    </message>
    <message>
        <source>Merge Visible</source>
        <translation>合并可见图层</translation>
    </message>
    <message>
        <source>Find Layers by Name</source>
        <translation>按名称查找图层</translation>
    </message>
    <message>
        <source>List only the layers with a text in their name</source>
        <translation>只列出名称中含有某段文字的图层</translation>
    </message>
    <message>
        <source>Add Layer Mas&amp;k</source>
        <translation>添加图层蒙版(&amp;K)</translation>
    </message>
    <message>
        <source>Give this layer a layer mask that shows what is selected of it, or all of it</source>
        <translation>给这个图层加一个图层蒙版：显示选中的部分；没有选区时全部显示</translation>
    </message>
    <message>
        <source>&amp;Hide Outside the Mask</source>
        <translation>隐藏蒙版之外(&amp;H)</translation>
    </message>
    <message>
        <source>Give this layer a layer mask that shows it only inside the painted mask</source>
        <translation>给此图层加一个图层蒙版，只显示所绘蒙版之内的部分</translation>
    </message>
    <message>
        <source>Use Layer M&amp;ask</source>
        <translation>使用图层蒙版(&amp;A)</translation>
    </message>
    <message>
        <source>Let this layer&apos;s mask hide what it hides, or keep it switched off</source>
        <translation>让图层蒙版起作用，或将其关闭但保留</translation>
    </message>
    <message>
        <source>Show La&amp;yer Mask Alone</source>
        <translation>单独显示图层蒙版(&amp;Y)</translation>
    </message>
    <message>
        <source>See this layer&apos;s mask in place of the picture: white shows, black hides</source>
        <translation>以图层蒙版代替画面显示：白色显示，黑色隐藏</translation>
    </message>
    <message>
        <source>&amp;Invert Layer Mask</source>
        <translation>反转图层蒙版(&amp;I)</translation>
    </message>
    <message>
        <source>Show what this layer&apos;s mask hides, and hide what it shows</source>
        <translation>显示蒙版所隐藏的，隐藏蒙版所显示的</translation>
    </message>
    <message>
        <source>Apply Layer Mask</source>
        <translation>应用图层蒙版</translation>
    </message>
    <message>
        <source>Make what this layer&apos;s mask hides transparent for good</source>
        <translation>把此图层蒙版遮住的部分永久变为透明</translation>
    </message>
    <message>
        <source>Remove Layer Mask</source>
        <translation>移除图层蒙版</translation>
    </message>
    <message>
        <source>Take this layer&apos;s mask away and show all of it</source>
        <translation>去掉此图层的蒙版并显示全部内容</translation>
    </message>
    <message>
        <source>Mask &amp;Everything</source>
        <translation>全部蒙版(&amp;E)</translation>
    </message>
    <message>
        <source>Mask the whole picture</source>
        <translation>蒙住整幅图片</translation>
    </message>
    <message>
        <source>&amp;Clear Mask</source>
        <translation>清除蒙版(&amp;C)</translation>
    </message>
    <message>
        <source>Remove the mask</source>
        <translation>移除蒙版</translation>
    </message>
    <message>
        <source>&amp;Invert Mask</source>
        <translation>反转蒙版(&amp;I)</translation>
    </message>
    <message>
        <source>Mask what is not masked</source>
        <translation>蒙住未被蒙住的部分</translation>
    </message>
    <message>
        <source>&amp;Grow…</source>
        <translation>扩大(&amp;G)…</translation>
    </message>
    <message>
        <source>Make the mask larger by some pixels</source>
        <translation>把蒙版扩大若干像素</translation>
    </message>
    <message>
        <source>&amp;Shrink…</source>
        <translation>缩小(&amp;S)…</translation>
    </message>
    <message>
        <source>Make the mask smaller by some pixels</source>
        <translation>把蒙版缩小若干像素</translation>
    </message>
    <message>
        <source>&amp;Feather…</source>
        <translation>羽化(&amp;F)…</translation>
    </message>
    <message>
        <source>Soften the edge of the mask by some pixels</source>
        <translation>把蒙版边缘柔化若干像素</translation>
    </message>
    <message>
        <source>From &amp;Layer</source>
        <translation>来自图层(&amp;L)</translation>
    </message>
    <message>
        <source>Mask what this layer covers</source>
        <translation>蒙住此图层覆盖的区域</translation>
    </message>
    <message>
        <source>&amp;Resize Image…</source>
        <translation>调整图片大小(&amp;R)…</translation>
    </message>
    <message>
        <source>Scale the picture with all its layers</source>
        <translation>缩放图片及其所有图层</translation>
    </message>
    <message>
        <source>&amp;Upscale…</source>
        <translation>放大画质(&amp;U)…</translation>
    </message>
    <message>
        <source>Enlarge the picture, a layer or the masked part with more detail</source>
        <translation>放大整幅画、一个图层或蒙版内的部分，并增加细节</translation>
    </message>
    <message>
        <source>&amp;Canvas Size…</source>
        <translation>画布大小(&amp;C)…</translation>
    </message>
    <message>
        <source>Add or cut away room around the picture</source>
        <translation>增加或裁去图片四周的空间</translation>
    </message>
    <message>
        <source>Crop to &amp;Mask</source>
        <translation>裁剪到蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>Cut the picture to the box around the mask</source>
        <translation>把图片裁剪到蒙版的外框</translation>
    </message>
    <message>
        <source>Crop to &amp;Selection</source>
        <translation>裁剪到选区(&amp;S)</translation>
    </message>
    <message>
        <source>Cut the picture to the box around what is selected</source>
        <translation>把图片裁剪到选区的外框</translation>
    </message>
    <message>
        <source>Flip &amp;Horizontally</source>
        <translation>水平翻转(&amp;H)</translation>
    </message>
    <message>
        <source>Mirror the picture left to right</source>
        <translation>左右翻转图片</translation>
    </message>
    <message>
        <source>Flip &amp;Vertically</source>
        <translation>垂直翻转(&amp;V)</translation>
    </message>
    <message>
        <source>Mirror the picture top to bottom</source>
        <translation>上下翻转图片</translation>
    </message>
    <message>
        <source>Rotate 90° R&amp;ight</source>
        <translation>向右旋转 90°(&amp;I)</translation>
    </message>
    <message>
        <source>Turn the picture clockwise</source>
        <translation>顺时针转动图片</translation>
    </message>
    <message>
        <source>Rotate 90° &amp;Left</source>
        <translation>向左旋转 90°(&amp;L)</translation>
    </message>
    <message>
        <source>Turn the picture counter-clockwise</source>
        <translation>逆时针转动图片</translation>
    </message>
    <message>
        <source>Rotate &amp;180°</source>
        <translation>旋转 180°(&amp;1)</translation>
    </message>
    <message>
        <source>Turn the picture upside down</source>
        <translation>把图片上下颠倒</translation>
    </message>
    <message>
        <source>&amp;Make Timeline</source>
        <translation>建立时间轴(&amp;M)</translation>
    </message>
    <message>
        <source>Make frames of the selected layers, or of what a group holds</source>
        <translation>把所选图层或一个图层组里的内容变成帧</translation>
    </message>
    <message>
        <source>Remo&amp;ve Timeline</source>
        <translation>移除时间轴(&amp;V)</translation>
    </message>
    <message>
        <source>Make an ordinary group of the frames again; no frame is lost</source>
        <translation>把这些帧恢复为普通图层组；不会丢失任何帧</translation>
    </message>
    <message>
        <source>&amp;Keyframe Animation</source>
        <translation>关键帧动画(&amp;K)</translation>
    </message>
    <message>
        <source>Make and render an animation with keyframes, curves and formulas</source>
        <translation>用关键帧、曲线和公式制作并渲染动画</translation>
    </message>
    <message>
        <source>Open Animation Pro&amp;ject…</source>
        <translation>打开动画项目(&amp;J)…</translation>
    </message>
    <message>
        <source>Open a project file, as “shoreline animate” draws it</source>
        <translation>打开一个项目文件，与“shoreline animate”所用的相同</translation>
    </message>
    <message>
        <source>Export &amp;Animation…</source>
        <translation>导出动画(&amp;A)…</translation>
    </message>
    <message>
        <source>Write the frames as a film, an animated picture or a sprite sheet</source>
        <translation>将各帧写成影片、动画图片或精灵图</translation>
    </message>
    <message>
        <source>&amp;New Frame</source>
        <translation>新建帧(&amp;N)</translation>
    </message>
    <message>
        <source>Add an empty frame after this one</source>
        <translation>在当前帧之后添加一个空白帧</translation>
    </message>
    <message>
        <source>&amp;Duplicate Frames</source>
        <translation>复制为新帧(&amp;D)</translation>
    </message>
    <message>
        <source>Add copies of the selected frames after them</source>
        <translation>在所选帧之后添加它们的副本</translation>
    </message>
    <message>
        <source>Cu&amp;t Frames</source>
        <translation>剪切帧(&amp;T)</translation>
    </message>
    <message>
        <source>Take the selected frames out, to paste them elsewhere</source>
        <translation>取出所选帧，以便粘贴到别处</translation>
    </message>
    <message>
        <source>&amp;Copy Frames</source>
        <translation>拷贝帧(&amp;C)</translation>
    </message>
    <message>
        <source>Remember the selected frames, to paste them elsewhere</source>
        <translation>记住所选帧，以便粘贴到别处</translation>
    </message>
    <message>
        <source>Pa&amp;ste Frames</source>
        <translation>粘贴帧(&amp;S)</translation>
    </message>
    <message>
        <source>Put the frames that were cut or copied after this one</source>
        <translation>把剪切或拷贝的帧放到当前帧之后</translation>
    </message>
    <message>
        <source>D&amp;elete Frames</source>
        <translation>删除帧(&amp;E)</translation>
    </message>
    <message>
        <source>Delete the selected frames</source>
        <translation>删除所选帧</translation>
    </message>
    <message>
        <source>&amp;Reverse Frames</source>
        <translation>反转帧(&amp;R)</translation>
    </message>
    <message>
        <source>Turn the order of the selected frames round; of all, if only one is</source>
        <translation>反转所选帧的顺序；只选了一帧时反转全部</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>Play the frames, or stop; any change of the picture stops it too</source>
        <translation>播放这些帧或停止；对图片的任何改动也会停止播放</translation>
    </message>
    <message>
        <source>&amp;First Frame</source>
        <translation>第一帧(&amp;F)</translation>
    </message>
    <message>
        <source>Show the first frame</source>
        <translation>显示第一帧</translation>
    </message>
    <message>
        <source>Prev&amp;ious Frame</source>
        <translation>上一帧(&amp;I)</translation>
    </message>
    <message>
        <source>Show the frame before this one; before the first comes the last</source>
        <translation>显示前一帧；第一帧之前是最后一帧</translation>
    </message>
    <message>
        <source>Ne&amp;xt Frame</source>
        <translation>下一帧(&amp;X)</translation>
    </message>
    <message>
        <source>Show the frame after this one; after the last comes the first</source>
        <translation>显示后一帧；最后一帧之后是第一帧</translation>
    </message>
    <message>
        <source>&amp;Last Frame</source>
        <translation>最后一帧(&amp;L)</translation>
    </message>
    <message>
        <source>Show the last frame</source>
        <translation>显示最后一帧</translation>
    </message>
    <message>
        <source>&amp;Onion Skin</source>
        <translation>洋葱皮(&amp;O)</translation>
    </message>
    <message>
        <source>Show the frames before and after this one, tinted and translucent</source>
        <translation>以着色半透明的方式显示前后的帧</translation>
    </message>
    <message>
        <source>Show or hide the panel “{name}”</source>
        <translation>显示或隐藏“{name}”面板</translation>
    </message>
    <message>
        <source>New Fill &amp;Layer</source>
        <translation>新建填充图层(&amp;L)</translation>
    </message>
    <message>
        <source>Add a layer of the brush&apos;s colour that covers the whole canvas</source>
        <translation>添加一个画笔颜色的图层，铺满整个画布</translation>
    </message>
    <message>
        <source>Fill &amp;Colour…</source>
        <translation>填充颜色(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose another colour for this fill layer</source>
        <translation>为此填充图层选择另一种颜色</translation>
    </message>
    <message>
        <source>Rasterise</source>
        <translation>栅格化</translation>
    </message>
    <message>
        <source>Make pixels of this fill layer, to paint on it</source>
        <translation>把此填充图层变成像素，以便在上面绘画</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>跳变(&amp;S)</translation>
    </message>
    <message>
        <source>Hold the values of the chosen keyframes until the next ones</source>
        <translation>所选关键帧的值保持到下一个关键帧</translation>
    </message>
    <message>
        <source>&amp;Linear</source>
        <translation>线性(&amp;L)</translation>
    </message>
    <message>
        <source>Go straight from the chosen keyframes to the next ones</source>
        <translation>从所选关键帧直线过渡到下一个关键帧</translation>
    </message>
    <message>
        <source>C&amp;ubic</source>
        <translation>平滑(&amp;U)</translation>
    </message>
    <message>
        <source>Go through the chosen keyframes in a smooth curve</source>
        <translation>以平滑曲线通过所选关键帧</translation>
    </message>
    <message>
        <source>&amp;Ease</source>
        <translation>缓入缓出(&amp;E)</translation>
    </message>
    <message>
        <source>Leave the chosen keyframes slowly and reach the next ones slowly</source>
        <translation>缓慢离开所选关键帧，缓慢到达下一个关键帧</translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation>新建项目(&amp;N)</translation>
    </message>
    <message>
        <source>Begin a project with what the Generate panel asks for</source>
        <translation>用生成面板的设置新建一个项目</translation>
    </message>
    <message>
        <source>New Project from the &amp;Example</source>
        <translation>从示例新建项目(&amp;E)</translation>
    </message>
    <message>
        <source>Begin with a copy of the project that ships</source>
        <translation>从随附项目的副本开始</translation>
    </message>
    <message>
        <source>&amp;Open Project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save Project</source>
        <translation>保存项目(&amp;S)</translation>
    </message>
    <message>
        <source>Save the project to its file</source>
        <translation>将项目保存到它的文件</translation>
    </message>
    <message>
        <source>Save Project &amp;As…</source>
        <translation>项目另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the project to another file</source>
        <translation>将项目保存到另一个文件</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>Hide this window; the project stays, and what is drawn goes on</source>
        <translation>隐藏此窗口；项目保留，正在进行的绘制会继续</translation>
    </message>
    <message>
        <source>&amp;Add Keyframe</source>
        <translation>添加关键帧(&amp;A)</translation>
    </message>
    <message>
        <source>Add a keyframe to this track at the current frame</source>
        <translation>在当前帧为此轨道添加关键帧</translation>
    </message>
    <message>
        <source>Edit &amp;Value…</source>
        <translation>编辑数值(&amp;V)…</translation>
    </message>
    <message>
        <source>Type another value for the chosen keyframe</source>
        <translation>为所选关键帧输入另一个值</translation>
    </message>
    <message>
        <source>&amp;Delete Keyframes</source>
        <translation>删除关键帧(&amp;D)</translation>
    </message>
    <message>
        <source>Delete the chosen keyframes</source>
        <translation>删除所选的关键帧</translation>
    </message>
    <message>
        <source>&amp;Choose All of the Track</source>
        <translation>选择轨道的全部关键帧(&amp;C)</translation>
    </message>
    <message>
        <source>Choose every keyframe of this track</source>
        <translation>选择此轨道的每个关键帧</translation>
    </message>
    <message>
        <source>&amp;One Value for All Frames</source>
        <translation>所有帧使用同一个值(&amp;O)</translation>
    </message>
    <message>
        <source>Give this track the value of the current frame, without keyframes</source>
        <translation>让此轨道使用当前帧的值，不再有关键帧</translation>
    </message>
    <message>
        <source>Play the frames that are drawn, or stop</source>
        <translation>播放已绘制的帧，或停止</translation>
    </message>
    <message>
        <source>&amp;Render</source>
        <translation>渲染(&amp;R)</translation>
    </message>
    <message>
        <source>Draw the frames that are not there yet</source>
        <translation>绘制还没有的帧</translation>
    </message>
    <message>
        <source>Stop within a step; finished frames stay</source>
        <translation>在一步之内停止；已完成的帧会保留</translation>
    </message>
    <message>
        <source>To &amp;Timeline</source>
        <translation>放到时间轴(&amp;T)</translation>
    </message>
    <message>
        <source>Put all frames on the timeline of the picture, in one step</source>
        <translation>把所有帧放到图片的时间轴上，只占一步历史</translation>
    </message>
    <message>
        <source>As P&amp;icture</source>
        <translation>作为新图片(&amp;I)</translation>
    </message>
    <message>
        <source>Open the frames as a new picture of their size</source>
        <translation>以这些帧的大小打开为一张新图片</translation>
    </message>
    <message>
        <source>Search everything that this window can do, by name or by key</source>
        <translation>按名称或按键搜索此窗口的所有功能</translation>
    </message>
    <message>
        <source>Add a&amp;s Control Layer</source>
        <translation>添加为控制图层(&amp;S)</translation>
    </message>
    <message>
        <source>Draw after this layer from now on; the Generate panel says as what</source>
        <translation>从现在起依照此图层绘制；在生成面板中选择其种类</translation>
    </message>
    <message>
        <source>Make Control Layer from Picture…</source>
        <translation>由图片生成控制图层…</translation>
    </message>
    <message>
        <source>Find lines, edges or broad colours of what is seen, and draw after them</source>
        <translation>找出所见内容的线条、边缘或大块颜色，并依照它们绘制</translation>
    </message>
    <message>
        <source>Make Region from Layer</source>
        <translation>由图层建立区域</translation>
    </message>
    <message>
        <source>Give this layer or group a prompt of its own, where it is opaque</source>
        <translation>为此图层或图层组不透明的部分设置自己的提示词</translation>
    </message>
    <message>
        <source>&amp;Live Painting</source>
        <translation>实时绘画(&amp;L)</translation>
    </message>
    <message>
        <source>Draw a new picture of what you paint while you paint it</source>
        <translation>一边绘画，一边把所画内容不断绘制成新图片</translation>
    </message>
    <message>
        <source>&amp;Apply Live Picture</source>
        <translation>应用实时图片(&amp;A)</translation>
    </message>
    <message>
        <source>Make the live picture a layer; painting goes on</source>
        <translation>把实时图片变成图层；可以继续绘画</translation>
    </message>
    <message>
        <source>&amp;Draw Now</source>
        <translation>立即绘制(&amp;D)</translation>
    </message>
    <message>
        <source>Draw the live picture at once, also with a model that takes long</source>
        <translation>立即绘制实时图片，较慢的模型也可以</translation>
    </message>
    <message>
        <source>&amp;Next Seed</source>
        <translation>下一个种子(&amp;N)</translation>
    </message>
    <message>
        <source>Another picture of the same sketch</source>
        <translation>同一草图的另一张图片</translation>
    </message>
    <message>
        <source>&amp;Previous Seed</source>
        <translation>上一个种子(&amp;P)</translation>
    </message>
    <message>
        <source>Back to the picture before</source>
        <translation>回到前一张图片</translation>
    </message>
    <message>
        <source>&amp;Stronger</source>
        <translation>更强(&amp;S)</translation>
    </message>
    <message>
        <source>Let the live picture change more of what you paint</source>
        <translation>让实时图片更多地改变您所画的内容</translation>
    </message>
    <message>
        <source>Wea&amp;ker</source>
        <translation>更弱(&amp;K)</translation>
    </message>
    <message>
        <source>Let the live picture stay nearer to what you paint</source>
        <translation>让实时图片更贴近您所画的内容</translation>
    </message>
    <message>
        <source>&amp;Over the Picture</source>
        <translation>覆盖在图片上(&amp;O)</translation>
    </message>
    <message>
        <source>Show the live picture on its place; fresh paint lies over it</source>
        <translation>在原位置显示实时图片；新画的笔触在其上方</translation>
    </message>
    <message>
        <source>Side &amp;by Side</source>
        <translation>并排(&amp;B)</translation>
    </message>
    <message>
        <source>Show the live picture beside what you paint</source>
        <translation>在所画内容旁边显示实时图片</translation>
    </message>
    <message>
        <source>In Its Own &amp;Window</source>
        <translation>单独窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Show the live picture in a second window, for instance on another screen</source>
        <translation>在第二个窗口中显示实时图片，例如放在另一块屏幕上</translation>
    </message>
    <message>
        <source>&amp;Record Frames</source>
        <translation>录制为帧(&amp;R)</translation>
    </message>
    <message>
        <source>Keep every live picture; at the end they open as an animation of their own</source>
        <translation>保留每一张实时图片；结束后作为单独的动画打开</translation>
    </message>
    <message>
        <source>&amp;Look at Results</source>
        <translation>查看结果(&amp;L)</translation>
    </message>
    <message>
        <source>Show the newest result on its place; again for the picture alone</source>
        <translation>在原位显示最新的结果；再按一次只看画面</translation>
    </message>
    <message>
        <source>&amp;Next Result</source>
        <translation>下一个结果(&amp;N)</translation>
    </message>
    <message>
        <source>Look at the next picture of the strip</source>
        <translation>查看结果条中的下一张图片</translation>
    </message>
    <message>
        <source>&amp;Previous Result</source>
        <translation>上一个结果(&amp;P)</translation>
    </message>
    <message>
        <source>Look at the picture before it in the strip</source>
        <translation>查看结果条中的上一张图片</translation>
    </message>
    <message>
        <source>&amp;Before and After</source>
        <translation>前后对比(&amp;B)</translation>
    </message>
    <message>
        <source>See the picture without the result, and with it again</source>
        <translation>查看没有结果的画面，再按恢复</translation>
    </message>
    <message>
        <source>&amp;Apply Result</source>
        <translation>应用结果(&amp;A)</translation>
    </message>
    <message>
        <source>Make the result that is looked at a layer</source>
        <translation>把正在查看的结果变为图层</translation>
    </message>
    <message>
        <source>Apply by B&amp;rush</source>
        <translation>用画笔应用(&amp;R)</translation>
    </message>
    <message>
        <source>Paint which parts of the result, or of a drawn layer, are seen</source>
        <translation>用画笔涂出结果或画出的图层中要显示的部分</translation>
    </message>
    <message>
        <source>&amp;Keep Result</source>
        <translation>保留结果(&amp;K)</translation>
    </message>
    <message>
        <source>Mark the result that is looked at, so that it stays when others go</source>
        <translation>标记正在查看的结果，丢弃其余时它会留下</translation>
    </message>
    <message>
        <source>&amp;Drop Result</source>
        <translation>丢弃结果(&amp;D)</translation>
    </message>
    <message>
        <source>Take the result out of the strip; the queue still has it</source>
        <translation>把结果移出结果条；队列中仍有它</translation>
    </message>
    <message>
        <source>Drop the &amp;Others</source>
        <translation>丢弃其余(&amp;O)</translation>
    </message>
    <message>
        <source>Take out all results that are neither kept nor looked at</source>
        <translation>移出所有既没有保留也没有正在查看的结果</translation>
    </message>
    <message>
        <source>&amp;Edit Again</source>
        <translation>再次编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Bring back mask, prompt and settings of the result or the active layer, to change words</source>
        <translation>恢复结果或当前图层的蒙版、提示词和设置，以便修改词语</translation>
    </message>
    <message>
        <source>&amp;Variations…</source>
        <translation>变体(&amp;V)…</translation>
    </message>
    <message>
        <source>Draw pictures near to the result or the active layer</source>
        <translation>画出与结果或当前图层相近的图片</translation>
    </message>
    <message>
        <source>&amp;More Like This</source>
        <translation>更多类似的(&amp;M)</translation>
    </message>
    <message>
        <source>Draw the result or the active layer again, with new seeds</source>
        <translation>用新的种子重画结果或当前图层</translation>
    </message>
    <message>
        <source>&amp;Apply Canvas Edges</source>
        <translation>应用画布边缘(&amp;A)</translation>
    </message>
    <message>
        <source>Crop or extend the canvas to the dragged edges; what is new is masked</source>
        <translation>按拖动的边缘裁剪或扩展画布；新增的部分成为蒙版</translation>
    </message>
    <message>
        <source>Fill the &amp;New Area</source>
        <translation>填充新增区域(&amp;N)</translation>
    </message>
    <message>
        <source>Apply the dragged edges and draw on beyond the old ones</source>
        <translation>应用拖动的边缘，并在原边缘之外继续作画</translation>
    </message>
    <message>
        <source>Drop Canvas Ed&amp;ges</source>
        <translation>放弃画布边缘(&amp;G)</translation>
    </message>
    <message>
        <source>Leave the canvas as it is</source>
        <translation>画布保持原样</translation>
    </message>
    <message>
        <source>Alpha Lock</source>
        <translation>锁定透明度</translation>
    </message>
    <message>
        <source>Keep what is transparent on this layer so: paint only over what is painted</source>
        <translation>保持此图层上的透明部分不变：只能在已画的内容上绘画</translation>
    </message>
    <message>
        <source>Clip to Layer Below</source>
        <translation>剪贴到下方图层</translation>
    </message>
    <message>
        <source>Show this layer only where the layer below it shows</source>
        <translation>只在下方图层显示的地方显示此图层</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>减小(&amp;S)</translation>
    </message>
    <message>
        <source>Make the brush smaller; Shift+drag on the canvas does so too</source>
        <translation>减小画笔；在画布上按住 Shift 拖动亦可</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>增大(&amp;L)</translation>
    </message>
    <message>
        <source>Make the brush larger; Shift+drag on the canvas does so too</source>
        <translation>增大画笔；在画布上按住 Shift 拖动亦可</translation>
    </message>
    <message>
        <source>Brush &amp;Presets</source>
        <translation>画笔预设(&amp;P)</translation>
    </message>
    <message>
        <source>Show or hide the panel with all brushes</source>
        <translation>显示或隐藏包含所有画笔的面板</translation>
    </message>
    <message>
        <source>&amp;Edit Brush…</source>
        <translation>编辑画笔(&amp;E)…</translation>
    </message>
    <message>
        <source>Tip, pen, chance and surface of the brush, with a stroke of it</source>
        <translation>画笔的笔尖、笔压、随机和纹理，并显示一笔示例</translation>
    </message>
    <message>
        <source>&amp;Reset Brush</source>
        <translation>重置画笔(&amp;R)</translation>
    </message>
    <message>
        <source>Make the brush what its preset is</source>
        <translation>让画笔恢复为其预设</translation>
    </message>
    <message>
        <source>Save as &amp;New Brush…</source>
        <translation>另存为新画笔(&amp;N)…</translation>
    </message>
    <message>
        <source>Keep the brush as it is now among the presets</source>
        <translation>把现在的画笔保存为预设</translation>
    </message>
    <message>
        <source>&amp;Overwrite Preset</source>
        <translation>覆盖预设(&amp;O)</translation>
    </message>
    <message>
        <source>Make the preset what the brush is now</source>
        <translation>用现在的画笔覆盖预设</translation>
    </message>
    <message>
        <source>Brush from the La&amp;yer</source>
        <translation>用图层制作画笔(&amp;Y)</translation>
    </message>
    <message>
        <source>Make a brush that prints what is painted on the layer, dark where it paints</source>
        <translation>制作一个图章画笔，印出图层上所画的内容，深色处着色</translation>
    </message>
    <message>
        <source>&amp;Import Brushes…</source>
        <translation>导入画笔(&amp;I)…</translation>
    </message>
    <message>
        <source>Bring in brushes of MyPaint and Krita, and pictures, which become stamps</source>
        <translation>导入 MyPaint 和 Krita 的画笔，以及图片（作为图章）</translation>
    </message>
    <message>
        <source>&amp;Mirror Strokes Left and Right</source>
        <translation>左右镜像绘画(&amp;M)</translation>
    </message>
    <message>
        <source>Draw every stroke again, mirrored at the middle of the canvas</source>
        <translation>每一笔都以画布中心为轴再画一次镜像</translation>
    </message>
    <message>
        <source>Mirror Strokes Top and &amp;Bottom</source>
        <translation>上下镜像绘画(&amp;B)</translation>
    </message>
    <message>
        <source>Strokes &amp;Around the Middle</source>
        <translation>环绕中心绘画(&amp;A)</translation>
    </message>
    <message>
        <source>Draw every stroke six times around the middle of the canvas, or as often as chosen</source>
        <translation>每一笔环绕画布中心画六次，或按所选次数</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select the whole picture</source>
        <translation>选中整张图片</translation>
    </message>
    <message>
        <source>&amp;Deselect</source>
        <translation>取消选择(&amp;D)</translation>
    </message>
    <message>
        <source>Select nothing, so that edits act everywhere again</source>
        <translation>不再选中任何部分，编辑重新对整张图片起作用</translation>
    </message>
    <message>
        <source>&amp;Reselect</source>
        <translation>重新选择(&amp;R)</translation>
    </message>
    <message>
        <source>Select again what was selected last</source>
        <translation>再次选中上一次的选区</translation>
    </message>
    <message>
        <source>&amp;Invert Selection</source>
        <translation>反选(&amp;I)</translation>
    </message>
    <message>
        <source>Select what is not selected</source>
        <translation>选中没有选中的部分</translation>
    </message>
    <message>
        <source>&amp;Quick Mask</source>
        <translation>快速蒙版(&amp;Q)</translation>
    </message>
    <message>
        <source>See what is selected in red; brush, eraser and fill change it</source>
        <translation>以红色显示选中的部分；画笔、橡皮擦和填充可以改变它</translation>
    </message>
    <message>
        <source>&amp;Grow Selection…</source>
        <translation>扩展选区(&amp;G)…</translation>
    </message>
    <message>
        <source>Make the selection larger by some pixels</source>
        <translation>把选区扩大若干像素</translation>
    </message>
    <message>
        <source>S&amp;hrink Selection…</source>
        <translation>收缩选区(&amp;H)…</translation>
    </message>
    <message>
        <source>Make the selection smaller by some pixels</source>
        <translation>把选区缩小若干像素</translation>
    </message>
    <message>
        <source>&amp;Feather Selection…</source>
        <translation>羽化选区(&amp;F)…</translation>
    </message>
    <message>
        <source>Soften the edge of the selection by some pixels</source>
        <translation>把选区的边缘柔化若干像素</translation>
    </message>
    <message>
        <source>&amp;Border of the Selection…</source>
        <translation>选区边界(&amp;B)…</translation>
    </message>
    <message>
        <source>Select a band along the edge of the selection</source>
        <translation>选中沿选区边缘的一条带</translation>
    </message>
    <message>
        <source>S&amp;mooth Selection…</source>
        <translation>平滑选区(&amp;M)…</translation>
    </message>
    <message>
        <source>Round the corners of the selection and even out its edge</source>
        <translation>把选区的角变圆，把边缘变平滑</translation>
    </message>
    <message>
        <source>Selection from &amp;Layer</source>
        <translation>由图层建立选区(&amp;L)</translation>
    </message>
    <message>
        <source>Select what is painted on this layer (Ctrl+click its thumbnail)</source>
        <translation>选中这个图层上画了内容的部分（按住 Ctrl 单击它的缩略图）</translation>
    </message>
    <message>
        <source>Selection from La&amp;yer Mask</source>
        <translation>由图层蒙版建立选区(&amp;Y)</translation>
    </message>
    <message>
        <source>Select what this layer&apos;s mask shows (Ctrl+click its thumbnail)</source>
        <translation>选中这个图层的蒙版显示的部分（按住 Ctrl 单击它的缩略图）</translation>
    </message>
    <message>
        <source>Selection from Mas&amp;k</source>
        <translation>由蒙版建立选区(&amp;K)</translation>
    </message>
    <message>
        <source>Select what is in the generation mask</source>
        <translation>选中生成蒙版中的部分</translation>
    </message>
    <message>
        <source>Mask from Selec&amp;tion</source>
        <translation>由选区建立蒙版(&amp;T)</translation>
    </message>
    <message>
        <source>Make what is selected the generation mask</source>
        <translation>把选中的部分作为生成蒙版</translation>
    </message>
    <message>
        <source>&amp;Levels…</source>
        <translation>色阶(&amp;L)…</translation>
    </message>
    <message>
        <source>Add a layer that sets black, white and gamma of what lies below</source>
        <translation>添加设置下方内容黑场、白场和灰度系数的图层</translation>
    </message>
    <message>
        <source>&amp;Curves…</source>
        <translation>曲线(&amp;C)…</translation>
    </message>
    <message>
        <source>Add a layer that bends the tones of what lies below</source>
        <translation>添加用曲线调整下方色调的图层</translation>
    </message>
    <message>
        <source>&amp;Brightness and Contrast…</source>
        <translation>亮度与对比度(&amp;B)…</translation>
    </message>
    <message>
        <source>Add a layer that makes what lies below lighter or starker</source>
        <translation>添加改变下方内容亮度或对比度的图层</translation>
    </message>
    <message>
        <source>&amp;Hue and Saturation…</source>
        <translation>色相与饱和度(&amp;H)…</translation>
    </message>
    <message>
        <source>Add a layer that turns and strengthens the colours of what lies below</source>
        <translation>添加改变下方内容色相和饱和度的图层</translation>
    </message>
    <message>
        <source>C&amp;olour Balance…</source>
        <translation>色彩平衡(&amp;O)…</translation>
    </message>
    <message>
        <source>Add a layer that shifts shadows, midtones and highlights below</source>
        <translation>添加分别偏移下方阴影、中间调和高光颜色的图层</translation>
    </message>
    <message>
        <source>&amp;Gradient Map…</source>
        <translation>渐变映射(&amp;G)…</translation>
    </message>
    <message>
        <source>Add a layer that colours what lies below by how light it is</source>
        <translation>添加按明暗为下方内容着色的图层</translation>
    </message>
    <message>
        <source>Bl&amp;ur…</source>
        <translation>模糊(&amp;U)…</translation>
    </message>
    <message>
        <source>Add a layer that blurs what lies below</source>
        <translation>添加使下方内容模糊的图层</translation>
    </message>
    <message>
        <source>&amp;Sharpen…</source>
        <translation>锐化(&amp;S)…</translation>
    </message>
    <message>
        <source>Add a layer that sharpens what lies below</source>
        <translation>添加使下方内容锐化的图层</translation>
    </message>
    <message>
        <source>Set Adjustment…</source>
        <translation>设置调整…</translation>
    </message>
    <message>
        <source>Change what this adjustment layer does to the layers below</source>
        <translation>更改此调整图层对下方图层的作用</translation>
    </message>
    <message>
        <source>Mark this layer by a colour in the list, to find it again</source>
        <translation>在列表中用颜色标记此图层，便于再次找到</translation>
    </message>
    <message>
        <source>No Label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Take the colour of this layer in the list away</source>
        <translation>去掉此图层在列表中的颜色</translation>
    </message>
    <message>
        <source>Red Label</source>
        <translation>红色标签</translation>
    </message>
    <message>
        <source>Orange Label</source>
        <translation>橙色标签</translation>
    </message>
    <message>
        <source>Yellow Label</source>
        <translation>黄色标签</translation>
    </message>
    <message>
        <source>Green Label</source>
        <translation>绿色标签</translation>
    </message>
    <message>
        <source>Blue Label</source>
        <translation>蓝色标签</translation>
    </message>
    <message>
        <source>Violet Label</source>
        <translation>紫色标签</translation>
    </message>
    <message>
        <source>Grey Label</source>
        <translation>灰色标签</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Show rulers at the canvas; guide lines are dragged out of them</source>
        <translation>在画布边显示标尺；参考线可从标尺中拖出</translation>
    </message>
    <message>
        <source>&amp;Guide Lines</source>
        <translation>参考线(&amp;G)</translation>
    </message>
    <message>
        <source>Show or hide the guide lines of the picture</source>
        <translation>显示或隐藏图片的参考线</translation>
    </message>
    <message>
        <source>Remove All Guide Lines</source>
        <translation>移除所有参考线</translation>
    </message>
    <message>
        <source>Take all guide lines off the picture</source>
        <translation>移除图片上的所有参考线</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>对比网格</translation>
    </message>
    <message>
        <source>Show or hide a grid over the picture</source>
        <translation>在图片上显示或隐藏网格</translation>
    </message>
    <message>
        <source>Grid Cells…</source>
        <translation>网格单元…</translation>
    </message>
    <message>
        <source>Choose how large the cells of the grid are and where they begin</source>
        <translation>选择网格单元的大小和起点</translation>
    </message>
    <message>
        <source>Pixel Grid</source>
        <translation>像素网格</translation>
    </message>
    <message>
        <source>Part the pixels by thin lines where they are shown eight times as large</source>
        <translation>放大到八倍以上时用细线分隔像素</translation>
    </message>
    <message>
        <source>Snap to Lines</source>
        <translation>吸附到线</translation>
    </message>
    <message>
        <source>What is dragged is drawn to guide lines and the grid, where these are shown</source>
        <translation>拖动的内容会吸附到显示出来的参考线和网格</translation>
    </message>
    <message>
        <source>Snap to the Canvas</source>
        <translation>吸附到画布</translation>
    </message>
    <message>
        <source>What is dragged is drawn to the borders and the middle of the canvas</source>
        <translation>拖动的内容会吸附到画布的边缘和中线</translation>
    </message>
    <message>
        <source>Apply Transform</source>
        <translation>应用变换</translation>
    </message>
    <message>
        <source>Make one step of what was done with the transform tool</source>
        <translation>把变换工具所做的一切作为一步应用</translation>
    </message>
    <message>
        <source>Drop Transform</source>
        <translation>放弃变换</translation>
    </message>
    <message>
        <source>Leave everything where it was</source>
        <translation>让一切留在原处</translation>
    </message>
    <message>
        <source>Fit into the Canvas</source>
        <translation>适合画布</translation>
    </message>
    <message>
        <source>Scale the layer to the canvas with the transform tool; Enter applies</source>
        <translation>用变换工具把图层缩放到画布大小；按回车应用</translation>
    </message>
    <message>
        <source>Flip Layer Horizontally</source>
        <translation>水平翻转图层</translation>
    </message>
    <message>
        <source>Mirror the layer left to right, in its place</source>
        <translation>原地左右镜像图层</translation>
    </message>
    <message>
        <source>Flip Layer Vertically</source>
        <translation>垂直翻转图层</translation>
    </message>
    <message>
        <source>Mirror the layer top to bottom, in its place</source>
        <translation>原地上下镜像图层</translation>
    </message>
    <message>
        <source>Rotate Layer 90° Right</source>
        <translation>图层向右旋转 90°</translation>
    </message>
    <message>
        <source>Turn the layer clockwise about its middle</source>
        <translation>绕中心顺时针旋转图层</translation>
    </message>
    <message>
        <source>Rotate Layer 90° Left</source>
        <translation>图层向左旋转 90°</translation>
    </message>
    <message>
        <source>Turn the layer counter-clockwise about its middle</source>
        <translation>绕中心逆时针旋转图层</translation>
    </message>
    <message>
        <source>Rotate Layer 180°</source>
        <translation>图层旋转 180°</translation>
    </message>
    <message>
        <source>Turn the layer upside down</source>
        <translation>把图层上下颠倒</translation>
    </message>
</context>
<context>
    <name>Adjustment</name>
    <message>
        <source>Shadows: cyan to red</source>
        <translation>阴影：青到红</translation>
    </message>
    <message>
        <source>Shadows: magenta to green</source>
        <translation>阴影：品红到绿</translation>
    </message>
    <message>
        <source>Shadows: yellow to blue</source>
        <translation>阴影：黄到蓝</translation>
    </message>
    <message>
        <source>Midtones: cyan to red</source>
        <translation>中间调：青到红</translation>
    </message>
    <message>
        <source>Midtones: magenta to green</source>
        <translation>中间调：品红到绿</translation>
    </message>
    <message>
        <source>Midtones: yellow to blue</source>
        <translation>中间调：黄到蓝</translation>
    </message>
    <message>
        <source>Highlights: cyan to red</source>
        <translation>高光：青到红</translation>
    </message>
    <message>
        <source>Highlights: magenta to green</source>
        <translation>高光：品红到绿</translation>
    </message>
    <message>
        <source>Highlights: yellow to blue</source>
        <translation>高光：黄到蓝</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>One colour for all</source>
        <translation>单一颜色</translation>
    </message>
    <message>
        <source>Give every pixel this hue and saturation</source>
        <translation>让每个像素都采用此色相和饱和度</translation>
    </message>
    <message>
        <source>Keep how light it is</source>
        <translation>保持明度</translation>
    </message>
    <message>
        <source>Dark becomes</source>
        <translation>暗处变为</translation>
    </message>
    <message>
        <source>A third colour between</source>
        <translation>中间加第三种颜色</translation>
    </message>
    <message>
        <source>Between becomes</source>
        <translation>中间变为</translation>
    </message>
    <message>
        <source>Between lies at</source>
        <translation>中间的位置</translation>
    </message>
    <message>
        <source>Light becomes</source>
        <translation>亮处变为</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Brightness and contrast</source>
        <translation>亮度与对比度</translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation>色相与饱和度</translation>
    </message>
    <message>
        <source>Colour balance</source>
        <translation>色彩平衡</translation>
    </message>
    <message>
        <source>Gradient map</source>
        <translation>渐变映射</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
</context>
<context>
    <name>AdjustmentDialog</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show the adjustment on the picture while it is set</source>
        <translation>设置时在图片上显示调整效果</translation>
    </message>
</context>
<context>
    <name>AmountDialog</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
</context>
<context>
    <name>AnimationExport</name>
    <message>
        <source>frame {step} of {total}</source>
        <translation>第 {step} 帧，共 {total} 帧</translation>
    </message>
    <message>
        <source>Sprite sheet for game engines</source>
        <translation>游戏引擎用精灵图</translation>
    </message>
    <message>
        <source>Export animation</source>
        <translation>导出动画</translation>
    </message>
</context>
<context>
    <name>AnimationTracks</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>What is drawn; each prompt is blended into the next one</source>
        <translation>画什么；每个提示词会混合到下一个</translation>
    </message>
    <message>
        <source>What is kept away; blended as the prompt is</source>
        <translation>不要画什么；与提示词一样混合</translation>
    </message>
    <message>
        <source>The noise turns from one seed to the next</source>
        <translation>噪声从一个种子转到下一个</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt</source>
        <translation>图片遵循提示词的程度</translation>
    </message>
    <message>
        <source>How far a frame is drawn over, in modes that draw over a picture</source>
        <translation>在重绘画面的模式中，每帧重绘的程度</translation>
    </message>
    <message>
        <source>{region}: to the right</source>
        <translation>{region}：向右</translation>
    </message>
    <message>
        <source>{region}: down</source>
        <translation>{region}：向下</translation>
    </message>
    <message>
        <source>{region}: size</source>
        <translation>{region}：大小</translation>
    </message>
    <message>
        <source>{region}: turn</source>
        <translation>{region}：旋转</translation>
    </message>
    <message>
        <source>How far the region lies to the right of its place: 1 is the width</source>
        <translation>区域从原位向右移动多远：1 为宽度</translation>
    </message>
    <message>
        <source>How far the region lies below its place: 1 is the height</source>
        <translation>区域从原位向下移动多远：1 为高度</translation>
    </message>
    <message>
        <source>How large the region is; 1 is as in its picture</source>
        <translation>区域的大小；1 为原图中的大小</translation>
    </message>
    <message>
        <source>Degrees clockwise about the middle of the region</source>
        <translation>绕区域中心顺时针旋转的度数</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>跳变</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Cubic</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Ease</source>
        <translation>缓入缓出</translation>
    </message>
</context>
<context>
    <name>AxisRow</name>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Values: {axis}</source>
        <translation>取值：{axis}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>从列表中选择</translation>
    </message>
</context>
<context>
    <name>Backends</name>
    <message>
        <source>NVIDIA graphics card (CUDA 13)</source>
        <translation>NVIDIA 显卡（CUDA 13）</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA 12.6)</source>
        <translation>NVIDIA 显卡（CUDA 12.6）</translation>
    </message>
    <message>
        <source>AMD graphics card (ROCm 7.2)</source>
        <translation>AMD 显卡（ROCm 7.2）</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>仅处理器</translation>
    </message>
    <message>
        <source>No graphics card that can draw was found.</source>
        <translation>未找到可用于绘制的显卡。</translation>
    </message>
    <message>
        <source>It fits {card}.</source>
        <translation>适合 {card}。</translation>
    </message>
    <message>
        <source>It fits {card} with driver {driver}.</source>
        <translation>适合 {card}（驱动 {driver}）。</translation>
    </message>
    <message>
        <source>There is no build for {card} on this system, so the processor draws.</source>
        <translation>此系统没有适合 {card} 的版本，因此由处理器绘制。</translation>
    </message>
    <message>
        <source>The driver {driver} of {card} is too old: {least} or newer is needed. Until it is updated, pictures are drawn by the processor.</source>
        <translation>{card} 的驱动 {driver} 过旧：需要 {least} 或更新版本。更新之前由处理器绘制图片。</translation>
    </message>
    <message>
        <source>enlarging with networks</source>
        <translation>用网络放大</translation>
    </message>
    <message>
        <source>few-step weights</source>
        <translation>少步权重</translation>
    </message>
    <message>
        <source>films</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>models and text encoders in GGUF files</source>
        <translation>GGUF 文件中的模型和文本编码器</translation>
    </message>
</context>
<context>
    <name>BlendMode</name>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Darken</source>
        <translation>变暗</translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation>变亮</translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation>颜色减淡</translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation>颜色加深</translation>
    </message>
    <message>
        <source>Linear burn</source>
        <translation>线性加深</translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation>强光</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>柔光</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Exclusion</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Addition</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Keep below where painted</source>
        <translation>绘制处保留下方</translation>
    </message>
    <message>
        <source>Erase below where painted</source>
        <translation>绘制处擦除下方</translation>
    </message>
    <message>
        <source>Put below on top</source>
        <translation>下方置于上方</translation>
    </message>
</context>
<context>
    <name>BrushActions</name>
    <message>
        <source>New Brush</source>
        <translation>新画笔</translation>
    </message>
    <message>
        <source>Rename Brush</source>
        <translation>重命名画笔</translation>
    </message>
    <message>
        <source>Brushes and pictures</source>
        <translation>画笔和图片</translation>
    </message>
    <message>
        <source>Import brushes</source>
        <translation>导入画笔</translation>
    </message>
</context>
<context>
    <name>BrushDock</name>
    <message>
        <source>Brushes</source>
        <translation>画笔</translation>
    </message>
</context>
<context>
    <name>BrushEditor</name>
    <message>
        <source>Edit Brush</source>
        <translation>编辑画笔</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>笔尖</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>纹理</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>压感笔</translation>
    </message>
</context>
<context>
    <name>BrushList</name>
    <message>
        <source>Brushes</source>
        <translation>画笔</translation>
    </message>
</context>
<context>
    <name>BrushNameDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>BrushPanel</name>
    <message>
        <source>Search brushes</source>
        <translation>搜索画笔</translation>
    </message>
    <message>
        <source>Show favourites only</source>
        <translation>只显示收藏</translation>
    </message>
    <message>
        <source>{name}, changed</source>
        <translation>{name}（已修改）</translation>
    </message>
    <message>
        <source>No Longer a Favourite</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Make It a Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>BrushSample</name>
    <message>
        <source>Sample stroke</source>
        <translation>示例笔画</translation>
    </message>
</context>
<context>
    <name>Brushes</name>
    <message>
        <source>Tip</source>
        <translation>笔尖</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方形</translation>
    </message>
    <message>
        <source>Bristles</source>
        <translation>鬃毛</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Number of bristles</source>
        <translation>鬃毛数量</translation>
    </message>
    <message>
        <source>Roundness</source>
        <translation>圆度</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Turns with</source>
        <translation>随何转动</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The stroke</source>
        <translation>笔画方向</translation>
    </message>
    <message>
        <source>The pen</source>
        <translation>笔的倾斜</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>散布</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>纹理</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>光滑</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Speckles</source>
        <translation>斑点</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Coarseness</source>
        <translation>粗细</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>压力</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Hard Round</source>
        <translation>硬圆笔</translation>
    </message>
    <message>
        <source>Soft Round</source>
        <translation>软圆笔</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>铅笔</translation>
    </message>
    <message>
        <source>Shading Pencil</source>
        <translation>排线铅笔</translation>
    </message>
    <message>
        <source>Ink Pen</source>
        <translation>墨水笔</translation>
    </message>
    <message>
        <source>Calligraphy</source>
        <translation>书法笔</translation>
    </message>
    <message>
        <source>Brush Pen</source>
        <translation>毛笔</translation>
    </message>
    <message>
        <source>Airbrush</source>
        <translation>喷枪</translation>
    </message>
    <message>
        <source>Bristle</source>
        <translation>鬃毛笔</translation>
    </message>
    <message>
        <source>Dry Bristle</source>
        <translation>干鬃毛笔</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>Wash</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Chalk</source>
        <translation>粉笔</translation>
    </message>
    <message>
        <source>Charcoal</source>
        <translation>炭笔</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>马克笔</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>平头笔</translation>
    </message>
    <message>
        <source>Pixel</source>
        <translation>像素笔</translation>
    </message>
    <message>
        <source>Splatter</source>
        <translation>飞溅</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>树叶</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星星</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Soft Eraser</source>
        <translation>软橡皮擦</translation>
    </message>
</context>
<context>
    <name>CanvasSizeDialog</name>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Picture stays</source>
        <translation>图片位置</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下</translation>
    </message>
</context>
<context>
    <name>CanvasTools</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Paint on the layer. Shift+click draws a line, Alt picks a colour.</source>
        <translation>在图层上绘画。Shift+单击画直线，Alt 拾取颜色。</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Erase from the layer. Shift+click erases along a line.</source>
        <translation>从图层上擦除。Shift+单击沿直线擦除。</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>How different a colour may be and still be filled</source>
        <translation>颜色相差多少仍会被填充</translation>
    </message>
    <message>
        <source>Connected only</source>
        <translation>仅相连区域</translation>
    </message>
    <message>
        <source>Fill only what touches the place that was clicked</source>
        <translation>只填充与单击处相连的部分</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Take from the whole picture, not from this layer alone</source>
        <translation>从整张图片取样，而不只是此图层</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Paint with what lies elsewhere. Alt+click says where to take from.</source>
        <translation>用别处的内容绘画。按住 Alt 单击指定取样位置。</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Cover a blemish with texture from elsewhere, in the tones around it. Alt+click says where to take from.</source>
        <translation>用别处的纹理遮盖瑕疵，色调与周围一致。按住 Alt 单击指定取样位置。</translation>
    </message>
    <message>
        <source>Look for the area in the whole picture, not in this layer alone</source>
        <translation>在整幅图片而不只是此图层中查找区域</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>Fill beyond the edge of the area, under lines for instance; less than 0 stays away</source>
        <translation>填充到区域边缘之外，例如伸入线条之下；小于 0 则离边缘一段距离</translation>
    </message>
    <message>
        <source>Close gaps</source>
        <translation>闭合缺口</translation>
    </message>
    <message>
        <source>The fill does not run through openings in lines up to this wide</source>
        <translation>填充不会从线条上不超过此宽度的缺口漏出</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>How far the fill fades out at its edge</source>
        <translation>填充在边缘处淡出的距离</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>平滑边缘</translation>
    </message>
    <message>
        <source>Fill the pixels along the edge in part, so that it shows no steps</source>
        <translation>部分填充边缘像素，使边缘不呈锯齿</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill an area of similar colour on the layer.</source>
        <translation>填充图层上颜色相近的区域。</translation>
    </message>
    <message>
        <source>Colour picker</source>
        <translation>颜色拾取器</translation>
    </message>
    <message>
        <source>Take a colour from the picture.</source>
        <translation>从图片中拾取颜色。</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Drag the layer, or what is selected of it. Arrow keys move it by 1 pixel, with Shift by 10.</source>
        <translation>拖动图层，或其中选中的部分。方向键移动 1 像素，按住 Shift 移动 10 像素。</translation>
    </message>
    <message>
        <source>Mask brush</source>
        <translation>蒙版画笔</translation>
    </message>
    <message>
        <source>Paint where to generate. Ctrl or the right button erases the mask.</source>
        <translation>涂抹要生成的区域。Ctrl 或右键擦除蒙版。</translation>
    </message>
    <message>
        <source>Mask eraser</source>
        <translation>蒙版橡皮擦</translation>
    </message>
    <message>
        <source>Erase the generation mask.</source>
        <translation>擦除生成蒙版。</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>矩形蒙版</translation>
    </message>
    <message>
        <source>Drag a rectangular mask. Shift adds to the mask, Alt takes away.</source>
        <translation>拖出矩形蒙版。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Mask ellipse</source>
        <translation>椭圆蒙版</translation>
    </message>
    <message>
        <source>Drag an elliptical mask. Shift adds to the mask, Alt takes away.</source>
        <translation>拖出椭圆蒙版。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>套索蒙版</translation>
    </message>
    <message>
        <source>Draw around an area. Shift adds to the mask, Alt takes away.</source>
        <translation>圈出一个区域。Shift 添加到蒙版，Alt 从中减去。</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Drag the view. Space or the middle button does so with any tool.</source>
        <translation>拖动视图。任何工具下按空格键或中键也可平移。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Click to zoom in, Alt+click to zoom out, drag to zoom smoothly.</source>
        <translation>单击放大，Alt+单击缩小，拖动可平滑缩放。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Diameter of the brush ([ and ])</source>
        <translation>画笔直径（[ 和 ]）</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>100 % has a sharp edge</source>
        <translation>100 % 时边缘锐利</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>The most that one stroke covers</source>
        <translation>一笔最多覆盖的程度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>How much each dab of the stroke adds</source>
        <translation>笔画中每一点增加的量</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>How much a shaky hand is evened out</source>
        <translation>手抖被抹平的程度</translation>
    </message>
    <message>
        <source>Rope</source>
        <translation>拉绳</translation>
    </message>
    <message>
        <source>The pointer drags the brush on a rope of this length, for lines without a tremble; 0 is off</source>
        <translation>指针用这么长的绳子拖动画笔，线条不会抖动；0 为关闭</translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation>笔压改变大小</translation>
    </message>
    <message>
        <source>Pen pressure changes the opacity</source>
        <translation>笔压改变不透明度</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>绘画对象</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Its mask</source>
        <translation>其蒙版</translation>
    </message>
    <message>
        <source>Paint on the pixels of the layer</source>
        <translation>在图层的像素上绘画</translation>
    </message>
    <message>
        <source>Paint on the mask of the layer</source>
        <translation>在图层的蒙版上绘画</translation>
    </message>
    <message>
        <source>Inside the mask only</source>
        <translation>仅限蒙版内</translation>
    </message>
    <message>
        <source>Paint only where the generation mask is; otherwise, and without a mask, it does not limit painting</source>
        <translation>只在生成蒙版之内作画；不勾选或没有蒙版时，蒙版不限制作画</translation>
    </message>
    <message>
        <source>New shape</source>
        <translation>新形状</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>减去</translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation>相交</translation>
    </message>
    <message>
        <source>Start a new mask</source>
        <translation>开始新的蒙版</translation>
    </message>
    <message>
        <source>Add to the mask (Shift)</source>
        <translation>添加到蒙版 (Shift)</translation>
    </message>
    <message>
        <source>Take away from the mask (Alt)</source>
        <translation>从蒙版中减去 (Alt)</translation>
    </message>
    <message>
        <source>Keep what both have</source>
        <translation>保留两者共有的部分</translation>
    </message>
    <message>
        <source>How far the shape fades out at its edge</source>
        <translation>形状边缘淡出的距离</translation>
    </message>
    <message>
        <source>Mask the pixels along the edge in part, so that it shows no steps</source>
        <translation>边缘的像素只盖上一部分蒙版，使边缘没有锯齿</translation>
    </message>
    <message>
        <source>Show the mask</source>
        <translation>显示蒙版</translation>
    </message>
    <message>
        <source>Colour of the mask on screen</source>
        <translation>屏幕上蒙版的颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>洋红</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>How much the colour of the mask covers on screen</source>
        <translation>屏幕上蒙版颜色的遮盖程度</translation>
    </message>
    <message>
        <source>Mask polygon</source>
        <translation>多边形蒙版</translation>
    </message>
    <message>
        <source>Click corners; a double click or Enter closes it. Shift adds to the mask, Alt takes away.</source>
        <translation>单击确定各个顶点，双击或按回车键闭合。Shift 添加到蒙版，Alt 从蒙版减去。</translation>
    </message>
    <message>
        <source>Pixels that the canvas gains at this side; less than 0 cuts off</source>
        <translation>画布在这一边增加的像素数；小于 0 则裁掉</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Multiples of</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Dragged sides become multiples of this. Models work in multiples of 8 or 16; Ctrl drags freely</source>
        <translation>拖动后的边长为它的倍数。模型以 8 或 16 的倍数作画；按住 Ctrl 可自由拖动</translation>
    </message>
    <message>
        <source>Canvas edges</source>
        <translation>画布边缘</translation>
    </message>
    <message>
        <source>Drag a border outwards for more to draw, inwards to crop. Enter applies, Esc cancels; Shift keeps the proportions, Alt moves both sides.</source>
        <translation>向外拖动边框以扩展画面，向内拖动以裁剪。回车键应用，Esc 取消；Shift 保持比例，Alt 同时移动两边。</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>Draw every stroke again, mirrored at the middle of the canvas</source>
        <translation>每一笔都以画布中心为轴再画一次镜像</translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation>上下镜像</translation>
    </message>
    <message>
        <source>Around the middle</source>
        <translation>环绕中心</translation>
    </message>
    <message>
        <source>How many times a stroke is drawn around the middle of the canvas</source>
        <translation>每一笔环绕画布中心画多少次</translation>
    </message>
    <message>
        <source>Select ellipse</source>
        <translation>椭圆选择</translation>
    </message>
    <message>
        <source>Drag an ellipse to select it. Shift adds, Alt takes away; pressed later, Shift makes it round and Alt draws from the centre.</source>
        <translation>拖出一个椭圆来选中。Shift 添加，Alt 减去；拖动开始后再按，Shift 为正圆，Alt 从中心画起。</translation>
    </message>
    <message>
        <source>Select with the lasso</source>
        <translation>套索选择</translation>
    </message>
    <message>
        <source>Draw around an area to select it. Shift adds, Alt takes away.</source>
        <translation>围着一个区域画一圈来选中。Shift 添加，Alt 减去。</translation>
    </message>
    <message>
        <source>Select polygon</source>
        <translation>多边形选择</translation>
    </message>
    <message>
        <source>Click corners to select; a double click or Enter closes it. Shift adds, Alt takes away.</source>
        <translation>逐个点击顶点来选中；双击或按 Enter 闭合。Shift 添加，Alt 减去。</translation>
    </message>
    <message>
        <source>Select rectangle</source>
        <translation>矩形选择</translation>
    </message>
    <message>
        <source>Drag a rectangle to select it. Shift adds, Alt takes away; pressed later, Shift makes it square and Alt draws from the centre.</source>
        <translation>拖出一个矩形来选中。Shift 添加，Alt 减去；拖动开始后再按，Shift 为正方形，Alt 从中心画起。</translation>
    </message>
    <message>
        <source>New area</source>
        <translation>新区域</translation>
    </message>
    <message>
        <source>Start a new selection; drag inside it to move its outline</source>
        <translation>建立新的选区；在选区内拖动可移动轮廓</translation>
    </message>
    <message>
        <source>Add to the selection (Shift)</source>
        <translation>添加到选区（Shift）</translation>
    </message>
    <message>
        <source>Take away from the selection (Alt)</source>
        <translation>从选区减去（Alt）</translation>
    </message>
    <message>
        <source>Keep what both have (Shift+Alt)</source>
        <translation>保留两者共有的部分（Shift+Alt）</translation>
    </message>
    <message>
        <source>How far the selection fades out at its edge</source>
        <translation>选区边缘淡出的宽度</translation>
    </message>
    <message>
        <source>Select the pixels along the edge in part, so that it shows no steps</source>
        <translation>边缘的像素只选中一部分，使边缘没有锯齿</translation>
    </message>
    <message>
        <source>Quick mask: paint what is selected (Q)</source>
        <translation>快速蒙版：用画笔涂抹选区（Q）</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Guide lines</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Pixel grid</source>
        <translation>像素网格</translation>
    </message>
    <message>
        <source>Snap to lines</source>
        <translation>吸附到线</translation>
    </message>
    <message>
        <source>Snap to the canvas</source>
        <translation>吸附到画布</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Drag handles to scale, inside to move, outside to turn. Enter applies, Esc cancels; Shift keeps proportions and angles, Alt the middle, Ctrl pulls corners.</source>
        <translation>拖动手柄缩放，框内移动，框外旋转。回车应用，Esc 取消；Shift 保持比例和角度，Alt 以中心为准，Ctrl 单独拉角。</translation>
    </message>
    <message>
        <source>Of the size before; less than 0 mirrors</source>
        <translation>相对原来的大小；小于 0 则镜像</translation>
    </message>
    <message>
        <source>W</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Width of the frame in pixels; less than 0 mirrors</source>
        <translation>变换框的宽度（像素）；小于 0 则镜像</translation>
    </message>
    <message>
        <source>H</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Height of the frame in pixels; less than 0 mirrors</source>
        <translation>变换框的高度（像素）；小于 0 则镜像</translation>
    </message>
    <message>
        <source>Left edge of what comes out, in pixels</source>
        <translation>结果的左边缘（像素）</translation>
    </message>
    <message>
        <source>Upper edge of what comes out, in pixels</source>
        <translation>结果的上边缘（像素）</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Layer mask</source>
        <translation>图层蒙版</translation>
    </message>
    <message>
        <source>Generation mask</source>
        <translation>生成蒙版</translation>
    </message>
    <message>
        <source>The mask of the active layer alone</source>
        <translation>只有当前图层的蒙版</translation>
    </message>
    <message>
        <source>The mask that says where to generate</source>
        <translation>指定在哪里生成的蒙版</translation>
    </message>
    <message>
        <source>Kind of transform</source>
        <translation>变换方式</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>Handles scale; outside the frame turns; Ctrl pulls corners</source>
        <translation>手柄缩放；框外旋转；Ctrl 单独拉角</translation>
    </message>
    <message>
        <source>Each corner is pulled alone</source>
        <translation>每个角单独拉动</translation>
    </message>
    <message>
        <source>Points of a mesh bend the pixels</source>
        <translation>用网格上的点弯曲像素</translation>
    </message>
    <message>
        <source>Keep the proportions</source>
        <translation>保持比例</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Clockwise about the pivot</source>
        <translation>绕轴心顺时针</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>斜切</translation>
    </message>
    <message>
        <source>How far upright sides lean</source>
        <translation>竖边倾斜的程度</translation>
    </message>
    <message>
        <source>Width in percent</source>
        <translation>宽度百分比</translation>
    </message>
    <message>
        <source>Height in percent</source>
        <translation>高度百分比</translation>
    </message>
    <message>
        <source>Pixels are made by</source>
        <translation>像素重算方式</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>双线性</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>双三次</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>Lanczos</translation>
    </message>
    <message>
        <source>Hard pixels, for pixel art</source>
        <translation>硬边像素，适合像素画</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>柔和</translation>
    </message>
    <message>
        <source>Sharp, the usual</source>
        <translation>清晰，通常的选择</translation>
    </message>
    <message>
        <source>Sharpest, with a fine ring along hard edges</source>
        <translation>最清晰，硬边旁有一圈细环</translation>
    </message>
    <message>
        <source>Cells of the warp</source>
        <translation>变形网格数</translation>
    </message>
    <message>
        <source>How many cells the mesh has along a side</source>
        <translation>网格每边有多少格</translation>
    </message>
    <message>
        <source>The selected layers and groups with their masks; with a selection only its pixels</source>
        <translation>所选的图层和组，连同它们的蒙版；有选区时只有选区内的像素</translation>
    </message>
    <message>
        <source>Select by colour</source>
        <translation>按颜色选择</translation>
    </message>
    <message>
        <source>Click a colour to select it wherever it is. Shift adds to the selection, Alt takes away.</source>
        <translation>单击一种颜色，选中图片中所有这种颜色的部分。Shift 添加到选区，Alt 减去。</translation>
    </message>
    <message>
        <source>Magnetic lasso</source>
        <translation>磁性套索</translation>
    </message>
    <message>
        <source>Click on an edge and move along it: the outline follows. A double click or Enter closes it, Backspace takes a corner back.</source>
        <translation>在边缘上单击，再沿着它移动：轮廓会跟随边缘。双击或按 Enter 闭合，Backspace 撤回一个顶点。</translation>
    </message>
    <message>
        <source>Select only what touches the place that was clicked</source>
        <translation>只选中与单击处相连的部分</translation>
    </message>
    <message>
        <source>Wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Click to select an area of similar colour. Shift adds to the selection, Alt takes away.</source>
        <translation>单击选中颜色相近的区域。Shift 添加到选区，Alt 减去。</translation>
    </message>
    <message>
        <source>How different a colour may be and still be selected</source>
        <translation>颜色相差多少仍会被选中</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Blur what is on the layer.</source>
        <translation>模糊图层上的内容。</translation>
    </message>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Make what is on the layer darker.</source>
        <translation>使图层上的内容变暗。</translation>
    </message>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Make what is on the layer lighter.</source>
        <translation>使图层上的内容变亮。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>How large the details are that are blurred or sharpened</source>
        <translation>被模糊或锐化的细节有多大</translation>
    </message>
    <message>
        <source>Tones</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>高光</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Sharpen what is on the layer.</source>
        <translation>锐化图层上的内容。</translation>
    </message>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Drag the paint on the layer as a finger does. Opacity is how far it is dragged.</source>
        <translation>像手指一样拖动图层上的颜料。不透明度决定拖动的远近。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Drag a straight line. Shift keeps to steps of 45°.</source>
        <translation>拖动画直线。Shift 保持 45° 的方向。</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Drag a rectangle. Shift gives it equal sides, Alt begins in its middle.</source>
        <translation>拖动画矩形。Shift 使边长相等，Alt 从中心开始。</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Drag an ellipse. Shift makes it a circle, Alt begins in its middle.</source>
        <translation>拖动画椭圆。Shift 画圆，Alt 从中心开始。</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Click corners. Enter or a double click ends it, a click on the first corner closes it.</source>
        <translation>单击设置顶点。回车键或双击结束，单击第一个顶点则闭合。</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Click points and drag from them to bend the curve. Enter or a double click ends it.</source>
        <translation>单击设置点，从点拖动可弯曲曲线。回车键或双击结束。</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>To background</source>
        <translation>到背景色</translation>
    </message>
    <message>
        <source>To nothing</source>
        <translation>到透明</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Drag from where the foreground colour is to where the other one begins.</source>
        <translation>从前景色处拖动到另一种颜色开始的地方。</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>The last fill is still being worked out. Wait a moment.</source>
        <translation>上一次填充仍在计算，请稍候。</translation>
    </message>
    <message>
        <source>The fill was dropped because its layer changed meanwhile.</source>
        <translation>填充已放弃，因为其图层在此期间被改动。</translation>
    </message>
    <message>
        <source>The fill did not work: {reason}</source>
        <translation>填充未成功：{reason}</translation>
    </message>
    <message>
        <source>The move was dropped because the layer changed under it.</source>
        <translation>移动已放弃，因为图层在此期间被改动。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; has nothing in the selection.</source>
        <translation>“{name}”在选区内没有内容。</translation>
    </message>
    <message>
        <source>The stroke was dropped because the picture changed under it.</source>
        <translation>笔画已放弃，因为图片在此期间被改动。</translation>
    </message>
    <message>
        <source>The mask of &quot;{name}&quot; hides what you painted. Paint on a new layer, or change the mask in the Layers panel.</source>
        <translation>“{name}”的图层蒙版遮住了您画的内容。请在新图层上绘画，或在“图层”面板中修改该蒙版。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is clipped to &quot;{base}&quot;, which is empty here: what you painted is not seen. Unclip it with Layer &gt; Clip to Layer Below.</source>
        <translation>“{name}”剪贴到“{base}”，后者此处为空，因此看不到所画的内容。用“图层 &gt; 剪贴到下方图层”可取消剪贴。</translation>
    </message>
    <message>
        <source>The transparency of &quot;{name}&quot; is locked: only what is painted already takes on another colour. Unlock it with Layer &gt; Alpha Lock.</source>
        <translation>“{name}”的透明度已锁定：只有已画的内容会改变颜色。用“图层 &gt; 锁定透明度”可解锁。</translation>
    </message>
    <message>
        <source>This is outside the selection. Deselect (Select menu) to paint everywhere.</source>
        <translation>这里在选区之外。取消选择（“选择”菜单）后可在任何地方绘画。</translation>
    </message>
    <message>
        <source>This is outside the mask, and &quot;Inside the mask only&quot; is on above the canvas. Switch it off to paint here.</source>
        <translation>这里在蒙版之外，而画布上方的“仅限蒙版内”已打开。要在这里作画，请将其关闭。</translation>
    </message>
    <message>
        <source>Nothing is selected any more: edits act on the whole picture again.</source>
        <translation>现在没有选中任何部分：编辑重新对整张图片起作用。</translation>
    </message>
    <message>
        <source>This is on the new layer &quot;{layer}&quot;: the mask of &quot;{name}&quot; would hide it. To paint on the result, apply its mask first.</source>
        <translation>已画在新图层“{layer}”上：“{name}”的图层蒙版会遮住它。要画在结果上，请先应用它的蒙版。</translation>
    </message>
    <message>
        <source>This layer has no mask. Add a mask to it in the Layers panel.</source>
        <translation>此图层没有蒙版。请在图层面板中为它添加蒙版。</translation>
    </message>
    <message>
        <source>A layer in this group is locked. Unlock it in the Layers panel to move the group.</source>
        <translation>此组中有锁定的图层。请在图层面板中解锁后再移动该组。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; covers the whole canvas: there is nothing to move.</source>
        <translation>“{name}”铺满整个画布：没有可以移动的内容。</translation>
    </message>
    <message>
        <source>No layer is selected. Select a layer in the Layers panel, or add one.</source>
        <translation>没有选中图层。请在图层面板中选择或添加一个图层。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is locked. Unlock it in the Layers panel to change it.</source>
        <translation>“{name}”已锁定。请在图层面板中解锁后再改动。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is hidden. Show it in the Layers panel to change it.</source>
        <translation>“{name}”已隐藏。请在图层面板中显示后再改动。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is clipped to &quot;{base}&quot;, which is hidden. Show that in the Layers panel.</source>
        <translation>“{name}”剪贴到“{base}”，后者已隐藏。请在“图层”面板中显示它。</translation>
    </message>
    <message>
        <source>This makes no area: it lies outside the picture, or there is nothing to take it away from.</source>
        <translation>这样得不到区域：它在图片之外，或者没有可以从中减去的部分。</translation>
    </message>
    <message>
        <source>The transform was dropped because the layer changed under it.</source>
        <translation>变换已放弃，因为图层在此期间改变了。</translation>
    </message>
    <message>
        <source>The last area is still being looked for. Wait a moment.</source>
        <translation>还在查找上一个区域，请稍候。</translation>
    </message>
    <message>
        <source>This layer has no pixels of its own. Look at all layers.</source>
        <translation>这个图层没有自己的像素。请改为查看所有图层。</translation>
    </message>
    <message>
        <source>The area was dropped because the selection changed meanwhile.</source>
        <translation>选区在此期间变了，所以放弃了找到的区域。</translation>
    </message>
    <message>
        <source>The area was not found: {reason}</source>
        <translation>没有找到区域：{reason}</translation>
    </message>
    <message>
        <source>Alt+click where to take from first.</source>
        <translation>请先按住 Alt 单击取样位置。</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>{name} (missing)</source>
        <translation>{name}（缺失）</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板上没有图片。</translation>
    </message>
    <message>
        <source>The picture on the clipboard is larger than {side} pixels.</source>
        <translation>剪贴板上的图片大于 {side} 像素。</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴的图层</translation>
    </message>
    <message>
        <source>There is nothing to copy: the layer is empty here.</source>
        <translation>没有可复制的内容：图层在此处是空的。</translation>
    </message>
</context>
<context>
    <name>ColorChoice</name>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
</context>
<context>
    <name>ColorDesk</name>
    <message>
        <source>Palettes</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Import palettes</source>
        <translation>导入调色板</translation>
    </message>
</context>
<context>
    <name>ColorPair</name>
    <message>
        <source>Colours: {front} over {back}</source>
        <translation>颜色：前景 {front}，背景 {back}</translation>
    </message>
    <message>
        <source>Colour to paint with: {color}. Click to choose another</source>
        <translation>绘画颜色：{color}。点击选择其他颜色</translation>
    </message>
    <message>
        <source>Other colour: {color}. Click to swap</source>
        <translation>另一种颜色：{color}。点击交换</translation>
    </message>
</context>
<context>
    <name>ColorPanel</name>
    <message>
        <source>Colour to paint with</source>
        <translation>绘画颜色</translation>
    </message>
    <message>
        <source>Other colour: click to swap</source>
        <translation>另一种颜色：单击交换</translation>
    </message>
    <message>
        <source>Colour as a number</source>
        <translation>以数字表示的颜色</translation>
    </message>
    <message>
        <source>Red, green and blue as six hexadecimal digits</source>
        <translation>红、绿、蓝的六位十六进制数</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>No command is called so.</source>
        <translation>没有这样的命令。</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Commands that were found</source>
        <translation>找到的命令</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>Only one picture is open.</source>
        <translation>只打开了一张图片。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的步骤。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的步骤。</translation>
    </message>
    <message>
        <source>No layer is chosen.</source>
        <translation>没有选中图层。</translation>
    </message>
    <message>
        <source>The picture has no layers.</source>
        <translation>图片没有图层。</translation>
    </message>
    <message>
        <source>No layer with pixels is chosen.</source>
        <translation>没有选中含像素的图层。</translation>
    </message>
    <message>
        <source>No group is chosen.</source>
        <translation>没有选中图层组。</translation>
    </message>
    <message>
        <source>No fill layer is chosen.</source>
        <translation>没有选中填充图层。</translation>
    </message>
    <message>
        <source>No adjustment layer is chosen.</source>
        <translation>没有选择调整图层。</translation>
    </message>
    <message>
        <source>The layer has no label.</source>
        <translation>图层没有标签。</translation>
    </message>
    <message>
        <source>There is no layer below.</source>
        <translation>下方没有图层。</translation>
    </message>
    <message>
        <source>There is no layer below, in the same group.</source>
        <translation>同一组中下方没有图层。</translation>
    </message>
    <message>
        <source>The layer is at the top already.</source>
        <translation>此图层已在最上方。</translation>
    </message>
    <message>
        <source>The layer is at the bottom already.</source>
        <translation>此图层已在最下方。</translation>
    </message>
    <message>
        <source>The layer has no mask of its own.</source>
        <translation>此图层没有图层蒙版。</translation>
    </message>
    <message>
        <source>The layer has a mask of its own already.</source>
        <translation>此图层已有图层蒙版。</translation>
    </message>
    <message>
        <source>There is no mask yet: paint one with the mask brush.</source>
        <translation>还没有蒙版：请用蒙版画笔绘制。</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>没有选中任何部分。</translation>
    </message>
    <message>
        <source>Something is selected already, or nothing was before.</source>
        <translation>已经有选区，或者之前没有选过。</translation>
    </message>
    <message>
        <source>The canvas has its edges still: drag them with the canvas edges tool.</source>
        <translation>画布的边缘没有变动：请用画布边缘工具拖动。</translation>
    </message>
    <message>
        <source>The chosen tool is no brush.</source>
        <translation>当前工具不是画笔。</translation>
    </message>
    <message>
        <source>There are no guide lines: drag one out of a ruler.</source>
        <translation>没有参考线：请从标尺中拖出一条。</translation>
    </message>
    <message>
        <source>The transform tool is not chosen.</source>
        <translation>没有选择变换工具。</translation>
    </message>
    <message>
        <source>The chosen tool has no brush that can be edited.</source>
        <translation>当前工具没有可编辑的画笔。</translation>
    </message>
    <message>
        <source>No preset of a brush is chosen.</source>
        <translation>没有选择画笔预设。</translation>
    </message>
    <message>
        <source>There is no timeline yet.</source>
        <translation>还没有时间轴。</translation>
    </message>
    <message>
        <source>There is a timeline already.</source>
        <translation>已有时间轴。</translation>
    </message>
    <message>
        <source>The timeline has fewer than two frames.</source>
        <translation>时间轴不足两帧。</translation>
    </message>
    <message>
        <source>No frames were cut or copied.</source>
        <translation>没有剪切或复制过帧。</translation>
    </message>
    <message>
        <source>Nothing is being drawn.</source>
        <translation>当前没有正在生成的图片。</translation>
    </message>
    <message>
        <source>No result waits for a decision.</source>
        <translation>没有等待决定的结果。</translation>
    </message>
    <message>
        <source>No result is looked at.</source>
        <translation>没有正在查看的结果。</translation>
    </message>
    <message>
        <source>Neither a result is looked at nor is the active layer drawn.</source>
        <translation>没有正在查看的结果，当前图层也不是画出来的。</translation>
    </message>
    <message>
        <source>No job is over.</source>
        <translation>没有已结束的任务。</translation>
    </message>
    <message>
        <source>The current step was not generated.</source>
        <translation>当前步骤不是生成的。</translation>
    </message>
    <message>
        <source>The active layer was not generated.</source>
        <translation>当前图层不是生成的。</translation>
    </message>
    <message>
        <source>Nothing is being drawn or waits.</source>
        <translation>没有正在生成或等待的图片。</translation>
    </message>
    <message>
        <source>Live painting is off.</source>
        <translation>实时绘画未开启。</translation>
    </message>
    <message>
        <source>There is no live picture yet.</source>
        <translation>还没有实时图片。</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>所有更改都已保存。</translation>
    </message>
    <message>
        <source>No keyframe is chosen.</source>
        <translation>没有选择关键帧。</translation>
    </message>
    <message>
        <source>The track has one value already.</source>
        <translation>该轨道已经只有一个值。</translation>
    </message>
    <message>
        <source>The plugins are still being loaded.</source>
        <translation>插件仍在加载。</translation>
    </message>
    <message>
        <source>No frame is drawn yet.</source>
        <translation>还没有绘制任何帧。</translation>
    </message>
    <message>
        <source>Not all frames are drawn yet.</source>
        <translation>还没有绘制完所有帧。</translation>
    </message>
    <message>
        <source>All frames are drawn already.</source>
        <translation>所有帧都已绘制。</translation>
    </message>
    <message>
        <source>The frames are being drawn already.</source>
        <translation>正在绘制这些帧。</translation>
    </message>
</context>
<context>
    <name>CornerPreview</name>
    <message>
        <source>What is being drawn. Click to see it on its place.</source>
        <translation>正在绘制的图片。点击可在原位显示。</translation>
    </message>
</context>
<context>
    <name>CoverView</name>
    <message>
        <source>What the regions cover</source>
        <translation>各区域覆盖的部分</translation>
    </message>
</context>
<context>
    <name>CurveEdit</name>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Drag points; click for another one, double-click one to remove it. Arrow keys move it too.</source>
        <translation>拖动点；单击可添加点，双击可删除点。方向键也能移动点。</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Keyframes</source>
        <translation>关键帧</translation>
    </message>
    <message>
        <source>Frame {frame}: {value}</source>
        <translation>第 {frame} 帧：{value}</translation>
    </message>
    <message>
        <source>Double-click adds a keyframe ({keys} at the current frame); drag moves it</source>
        <translation>双击添加关键帧（在当前帧按 {keys}）；拖动可移动</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Drag the curve to bend it; a double click takes a point away. Arrow keys move the chosen point.</source>
        <translation>拖动曲线使其弯曲；双击可去掉一个点。方向键移动所选的点。</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>The picture was also drawn after layers that are not in this document: {names}.</source>
        <translation>这张图片还依照了此文档中没有的图层：{names}。</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Open pictures</source>
        <translation>已打开的图片</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>A result has come</source>
        <translation>有新的结果</translation>
    </message>
    <message>
        <source>Close “{name}”</source>
        <translation>关闭“{name}”</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Untitled {number}</source>
        <translation>未命名 {number}</translation>
    </message>
</context>
<context>
    <name>DrawingPage</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic: the fastest</source>
        <translation>自动：最快的</translation>
    </message>
    <message>
        <source>float32: most exact, most memory</source>
        <translation>float32：最精确，占用内存最多</translation>
    </message>
    <message>
        <source>Automatic: as much as fits</source>
        <translation>自动：能放下多少放多少</translation>
    </message>
    <message>
        <source>Whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Save memory</source>
        <translation>节省内存</translation>
    </message>
    <message>
        <source>Save most memory</source>
        <translation>最大限度节省内存</translation>
    </message>
    <message>
        <source>Detailed, where there is a preview decoder</source>
        <translation>细致（有预览解码器时）</translation>
    </message>
    <message>
        <source>Rough colours</source>
        <translation>粗略颜色</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>Measure Again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>There is no model here that can draw</source>
        <translation>这里没有可以绘制的模型</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Time which number format draws fastest; what is being drawn ends first</source>
        <translation>测量哪种数字格式绘制最快；正在绘制的内容会先完成</translation>
    </message>
    <message>
        <source>Fastest here: {format}, and {vae} for the VAE.</source>
        <translation>这里最快的是 {format}，VAE 用 {vae}。</translation>
    </message>
    <message>
        <source>Generate on</source>
        <translation>生成设备</translation>
    </message>
    <message>
        <source>Fewer bits are faster and take less memory. The VAE keeps those that show no difference.</source>
        <translation>位数越少越快，占用内存也越少。VAE 会保留看不出差别的格式。</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数字格式</translation>
    </message>
    <message>
        <source>What does not fit is given up in this order: text encoders that wait elsewhere, pictures decoded in tiles, 8 bits for what draws, and on graphics cards weights that come at each step.</source>
        <translation>放不下时依次这样节省：文本编码器放到别处等待，图片分块解码，绘图网络用 8 位保存，最后在显卡上让权重在每一步时再传入。</translation>
    </message>
    <message>
        <source>Memory use</source>
        <translation>内存占用</translation>
    </message>
    <message>
        <source>Preview decoders (TAESD) are under Plugins &gt; Models &gt; Get models. One takes a twentieth of the time at most.</source>
        <translation>预览解码器（TAESD）可在“插件 &gt; 模型 &gt; 获取模型”中下载。它最多占用二十分之一的时间。</translation>
    </message>
    <message>
        <source>Previews</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{text}, {left}</source>
        <translation>{text}，{left}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Keyframe Animation</source>
        <translation>关键帧动画</translation>
    </message>
    <message>
        <source>Prompts, seeds and numbers change over the frames by keyframes and formulas. The same project file is drawn here and by “shoreline animate”.</source>
        <translation>提示词、种子和各种数值通过关键帧和公式逐帧变化。同一个项目文件既可在这里绘制，也可用“shoreline animate”绘制。</translation>
    </message>
    <message>
        <source>New from the Example</source>
        <translation>从示例新建</translation>
    </message>
    <message>
        <source>New from the Generate Panel</source>
        <translation>按“生成”面板新建</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
</context>
<context>
    <name>EmptyPlaceMenu</name>
    <message>
        <source>Add Keyframe at Frame {frame}</source>
        <translation>在第 {frame} 帧添加关键帧</translation>
    </message>
    <message>
        <source>One Value for All Frames</source>
        <translation>所有帧用同一个值</translation>
    </message>
</context>
<context>
    <name>EngineIndicator</name>
    <message>
        <source>Open the page about the engine</source>
        <translation>打开引擎页面</translation>
    </message>
    <message>
        <source>Stop installing; what has arrived is kept</source>
        <translation>停止安装；已下载的内容会保留</translation>
    </message>
    <message>
        <source>Stop Installing</source>
        <translation>停止安装</translation>
    </message>
    <message>
        <source>No engine</source>
        <translation>无引擎</translation>
    </message>
    <message>
        <source>The engine cannot be used</source>
        <translation>引擎无法使用</translation>
    </message>
</context>
<context>
    <name>EngineNotices</name>
    <message>
        <source>Engine…</source>
        <translation>引擎…</translation>
    </message>
    <message>
        <source>The new engine is installed. It draws from the next start on.</source>
        <translation>新引擎已安装，下次启动后用它绘制。</translation>
    </message>
    <message>
        <source>The engine is installed: Generate draws now.</source>
        <translation>引擎已安装：现在可以生成图片了。</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Draw with the chosen engine from the next start on</source>
        <translation>从下次启动起使用所选引擎</translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Use the engine before this one again</source>
        <translation>重新使用上一个引擎</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Fetch the engine in use anew and put it in the place of what is there</source>
        <translation>重新下载正在使用的引擎并替换现有的</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete the chosen engine</source>
        <translation>删除所选引擎</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop Installing</source>
        <translation>停止安装</translation>
    </message>
    <message>
        <source>Press Repair to fetch it anew, or install another.</source>
        <translation>请点“修复”重新获取，或安装另一个引擎。</translation>
    </message>
    <message>
        <source>The engine that is installed cannot be used.</source>
        <translation>已安装的引擎无法使用。</translation>
    </message>
    <message>
        <source>The engine draws the pictures: PyTorch and what belongs to it. It is not installed yet: press Install to fetch it. Everything else works without it.</source>
        <translation>引擎负责绘制图片，由 PyTorch 及相关组件组成，目前尚未安装：请点“安装”获取。没有它，其他功能都能使用。</translation>
    </message>
    <message>
        <source>It goes on when you close this window; the status bar shows it.</source>
        <translation>关闭此窗口后安装会继续，状态栏会显示进度。</translation>
    </message>
    <message>
        <source>Draw with</source>
        <translation>绘制方式</translation>
    </message>
    <message>
        <source>Fetch from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>PyTorch is part of this Python environment, so no engine is needed.</source>
        <translation>此 Python 环境已包含 PyTorch，无需引擎。</translation>
    </message>
    <message>
        <source>The engine {name} is used from the next start on.</source>
        <translation>引擎 {name} 将在下次启动后使用。</translation>
    </message>
    <message>
        <source>Pictures are drawn with: {name}.</source>
        <translation>绘制图片使用：{name}。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between things that cannot be done</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Not with it: {uses}.</source>
        <translation>它不能用于：{uses}。</translation>
    </message>
    <message>
        <source>{name} (recommended)</source>
        <translation>{name}（推荐）</translation>
    </message>
    <message>
        <source>About {download} to fetch, {unpacked} on the disk.</source>
        <translation>约需下载 {download}，占用磁盘 {unpacked}。</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Stopped. It goes on from there when you start it again.</source>
        <translation>已停止。再次开始时会从停下处继续。</translation>
    </message>
</context>
<context>
    <name>EngineSourceFields</name>
    <message>
        <source>The internet</source>
        <translation>互联网</translation>
    </message>
    <message>
        <source>A mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>A folder of wheels (no network)</source>
        <translation>本地 wheel 文件夹（无需网络）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Address of the mirror</source>
        <translation>镜像地址</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>wheel 文件夹</translation>
    </message>
    <message>
        <source>https://… of a package index</source>
        <translation>软件包索引的 https://… 地址</translation>
    </message>
    <message>
        <source>Folder with .whl files</source>
        <translation>含 .whl 文件的文件夹</translation>
    </message>
</context>
<context>
    <name>EngineState</name>
    <message>
        <source>{work}. Generate draws as soon as it is there.</source>
        <translation>{work}。安装完成后即可点“生成”。</translation>
    </message>
    <message>
        <source>Show the Installation</source>
        <translation>查看安装进度</translation>
    </message>
    <message>
        <source>The engine that is installed cannot be used.</source>
        <translation>已安装的引擎无法使用。</translation>
    </message>
    <message>
        <source>Repair the engine…</source>
        <translation>修复引擎…</translation>
    </message>
    <message>
        <source>What draws the pictures is not installed yet.</source>
        <translation>绘制图片的引擎尚未安装。</translation>
    </message>
    <message>
        <source>Install the engine…</source>
        <translation>安装引擎…</translation>
    </message>
    <message>
        <source>Removing an engine</source>
        <translation>正在移除引擎</translation>
    </message>
    <message>
        <source>Changing the engine</source>
        <translation>正在更换引擎</translation>
    </message>
    <message>
        <source>Stopping the installation</source>
        <translation>正在停止安装</translation>
    </message>
    <message>
        <source>Installing the engine: {stage}</source>
        <translation>正在安装引擎：{stage}</translation>
    </message>
    <message>
        <source>removing what an earlier try left</source>
        <translation>正在清理上次留下的内容</translation>
    </message>
    <message>
        <source>fetching it</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>making it start quickly</source>
        <translation>正在优化启动速度</translation>
    </message>
    <message>
        <source>drawing a first picture with it</source>
        <translation>正在试画第一张图片</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>{text}, {percent}</source>
        <translation>{text}，{percent}</translation>
    </message>
    <message>
        <source>{done} of about {total}</source>
        <translation>{done}，共约 {total}</translation>
    </message>
</context>
<context>
    <name>FaultReports</name>
    <message>
        <source>Something went wrong</source>
        <translation>出了点问题</translation>
    </message>
    <message>
        <source>Shoreline made a mistake. Your picture is still here; save it to be safe.</source>
        <translation>Shoreline 出错了。您的图片仍在；为安全起见请保存。</translation>
    </message>
    <message>
        <source>What happened is written down in {path}.</source>
        <translation>详情已记录在 {path}。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Copy the Report</source>
        <translation>复制报告</translation>
    </message>
</context>
<context>
    <name>FileExport</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>已写出 {name}。</translation>
    </message>
</context>
<context>
    <name>FileFilters</name>
    <message>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>OpenRaster</source>
        <translation>OpenRaster</translation>
    </message>
    <message>
        <source>Photoshop</source>
        <translation>Photoshop</translation>
    </message>
</context>
<context>
    <name>FillLayer</name>
    <message>
        <source>Colour of “{name}”</source>
        <translation>“{name}”的颜色</translation>
    </message>
</context>
<context>
    <name>FilterDialog</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Works on the whole layer.</source>
        <translation>作用于整个图层。</translation>
    </message>
    <message>
        <source>Works inside the selection.</source>
        <translation>只在选区内起作用。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show the result on the picture; nothing is changed until you apply it</source>
        <translation>在图片上显示结果；应用之前不会改动任何内容</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>The left half stays as it is, the right half shows the result</source>
        <translation>左半边保持原样，右半边显示结果</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>No plugin that is enabled has a filter</source>
        <translation>已启用的插件中没有滤镜</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Use the Usual One</source>
        <translation>恢复默认</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Add Folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Choose any folder with models, or the folder of ComfyUI, AUTOMATIC1111 or InvokeAI as it is: of those only the folders for models are searched. Nothing is copied or changed.</source>
        <translation>可以选择任何存放模型的文件夹，也可以直接选择 ComfyUI、AUTOMATIC1111 或 InvokeAI 的文件夹：其中只搜索存放模型的子文件夹。不会复制或改动任何文件。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Your models folder</source>
        <translation>您的模型文件夹</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Search this folder no more; nothing in it is deleted</source>
        <translation>不再搜索此文件夹；其中的文件不会被删除</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>{program} was found</source>
        <translation>找到了 {program}</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 个</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FrameModel</name>
    <message>
        <source>Frame {number}: {name}</source>
        <translation>第 {number} 帧：{name}</translation>
    </message>
    <message>
        <source>held for {ticks} ticks</source>
        <translation>停留 {ticks} 格</translation>
    </message>
</context>
<context>
    <name>FramePreview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>FrameRuler</name>
    <message>
        <source>Click or drag to go to a frame; Ctrl+wheel zooms</source>
        <translation>单击或拖动可转到某一帧；Ctrl+滚轮缩放</translation>
    </message>
</context>
<context>
    <name>FrameStrip</name>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>No stars</source>
        <translation>没有星</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} 星</translation>
    </message>
    <message>
        <source>Choose at most {count} pictures at once.</source>
        <translation>一次最多选择 {count} 张图片。</translation>
    </message>
</context>
<context>
    <name>GalleryBar</name>
    <message>
        <source>Open as a new picture (Return)</source>
        <translation>作为新图片打开（回车）</translation>
    </message>
    <message>
        <source>Add to this picture as a layer; or drag it there</source>
        <translation>作为图层添加到当前图片；也可以直接拖过去</translation>
    </message>
    <message>
        <source>Use its settings again, with its seed</source>
        <translation>再次使用它的设置，连同种子</translation>
    </message>
    <message>
        <source>How the settings of two pictures differ</source>
        <translation>两张图片的设置有何不同</translation>
    </message>
    <message>
        <source>Delete (Del); this can be undone</source>
        <translation>删除（Del）；可以撤销</translation>
    </message>
    <message>
        <source>Pictures: {count}, {size}</source>
        <translation>图片：{count}，{size}</translation>
    </message>
    <message>
        <source>Pictures: {shown} of {count}</source>
        <translation>图片：{shown} / {count}</translation>
    </message>
    <message>
        <source>{count} dropped, since it is full</source>
        <translation>因已满清除了 {count} 张</translation>
    </message>
    <message>
        <source>Without a prompt</source>
        <translation>没有提示词</translation>
    </message>
    <message>
        <source>Its file is gone from the disk.</source>
        <translation>它的文件已不在磁盘上。</translation>
    </message>
    <message>
        <source>{count} pictures selected</source>
        <translation>已选 {count} 张图片</translation>
    </message>
</context>
<context>
    <name>GalleryDesk</name>
    <message>
        <source>The gallery is full: the oldest pictures without stars go. So far: {count} ({size}).</source>
        <translation>图库已满：最旧的没有星的图片会被清除。至今已清除 {count} 张（{size}）。</translation>
    </message>
    <message>
        <source>Pictures with stars take more than the gallery&apos;s limit, and stay.</source>
        <translation>有星的图片已超过图库的上限，它们会保留。</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>首选项…</translation>
    </message>
</context>
<context>
    <name>GalleryDock</name>
    <message>
        <source>One of these pictures came without settings.</source>
        <translation>其中一张图片没有设置。</translation>
    </message>
</context>
<context>
    <name>GalleryFilters</name>
    <message>
        <source>Search prompts, models, seeds</source>
        <translation>搜索提示词、模型、种子</translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>Words are all to be met; “in quotation marks” as they stand, -word keeps out, negative:word too</source>
        <translation>所有词都要符合；“引号中”的按原样查找，-词 表示排除，negative:词 在反向提示词中查找</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Close the gallery</source>
        <translation>关闭图库</translation>
    </message>
    <message>
        <source>{stars} or more</source>
        <translation>{stars}及以上</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>最近一年</translation>
    </message>
</context>
<context>
    <name>GalleryGuide</name>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Every picture that you generate is kept here, used or not. Say what you want to see, then {keys}.</source>
        <translation>您生成的每张图片都会保留在这里，无论是否使用。输入想看到的内容，然后按 {keys}。</translation>
    </message>
    <message>
        <source>Nothing is kept here, since “Keep everything drawn” is off.</source>
        <translation>“保留所有画出的图片”已关闭，因此这里不保留任何图片。</translation>
    </message>
    <message>
        <source>No picture is like that.</source>
        <translation>没有符合条件的图片。</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Open as a new picture</source>
        <translation>作为新图片打开</translation>
    </message>
    <message>
        <source>Add as a layer</source>
        <translation>添加为图层</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>使用设置</translation>
    </message>
    <message>
        <source>Compare settings</source>
        <translation>比较设置</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>This picture came without settings.</source>
        <translation>这张图片没有设置。</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Pictures of the gallery</source>
        <translation>图库中的图片</translation>
    </message>
</context>
<context>
    <name>GenerateBar</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Queue another picture with these settings</source>
        <translation>按这些设置再排入一幅图片</translation>
    </message>
    <message>
        <source>{keys} generates</source>
        <translation>按 {keys} 生成</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待中</translation>
    </message>
    <message>
        <source>Failed: {message}</source>
        <translation>失败：{message}</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>GenerateCheck</name>
    <message>
        <source>The tool {name} is not there. Choose another one, or enable its plugin.</source>
        <translation>没有工具 {name}。请选择其他工具，或启用它的插件。</translation>
    </message>
    <message>
        <source>The scheduler {name} is not there. Choose another one.</source>
        <translation>没有采样器 {name}。请选择其他采样器。</translation>
    </message>
    <message>
        <source>Width and height must be multiples of 8.</source>
        <translation>宽度和高度必须是 8 的倍数。</translation>
    </message>
</context>
<context>
    <name>GeneratePanel</name>
    <message>
        <source>The prompt is empty: the mask would be filled from what is around it.</source>
        <translation>提示词为空：蒙版会根据周围的内容填充。</translation>
    </message>
    <message>
        <source>The prompt is empty: the model would draw what it likes. Type what you want to see.</source>
        <translation>提示词为空：模型会随意绘制。请输入您想看到的内容。</translation>
    </message>
    <message>
        <source>Generate without a prompt</source>
        <translation>不用提示词生成</translation>
    </message>
    <message>
        <source>The model {name} is not there. Choose another one.</source>
        <translation>没有模型 {name}。请选择其他模型。</translation>
    </message>
    <message>
        <source>Paint a mask first ({keys}), or select a part. {purpose}</source>
        <translation>请先涂抹蒙版（{keys}）或选中一部分。{purpose}</translation>
    </message>
    <message>
        <source>Paint a mask first ({keys}), or select a part: that says where the picture may change.</source>
        <translation>请先涂抹蒙版（{keys}）或选中一部分：它决定画面可以改变的地方。</translation>
    </message>
</context>
<context>
    <name>GetPage</name>
    <message>
        <source>owner/name on the hub, or an address: there, on Civitai, of a file</source>
        <translation>Hugging Face 上的 owner/name，或者网址：那里的、Civitai 的、文件的</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Token…</source>
        <translation>令牌…</translation>
    </message>
    <message>
        <source>Your API token of Civitai, for files that are not given to everyone</source>
        <translation>你的 Civitai API 令牌，用于不对所有人开放的文件</translation>
    </message>
    <message>
        <source>Only weights that cannot run code are offered.</source>
        <translation>只提供不会运行代码的权重。</translation>
    </message>
    <message>
        <source>Well-known models</source>
        <translation>常用模型</translation>
    </message>
    <message>
        <source>Files to download</source>
        <translation>要下载的文件</translation>
    </message>
    <message>
        <source>commercial use allowed within its rules</source>
        <translation>在其规则内允许商用</translation>
    </message>
    <message>
        <source>no commercial use</source>
        <translation>不可商用</translation>
    </message>
    <message>
        <source>read it before commercial use</source>
        <translation>商用前请先阅读</translation>
    </message>
    <message>
        <source>{kind} for {family}, about {size}.</source>
        <translation>{kind}，用于 {family}，约 {size}。</translation>
    </message>
    <message>
        <source>{kind}, about {size}.</source>
        <translation>{kind}，约 {size}。</translation>
    </message>
    <message>
        <source>Pictures of about {side} pixels.</source>
        <translation>图像约 {side} 像素。</translation>
    </message>
    <message>
        <source>Licence: {licence}; {terms}.</source>
        <translation>许可证：{licence}；{terms}。</translation>
    </message>
    <message>
        <source>Left out, since they can run code: {count}.</source>
        <translation>可能运行代码而略去的文件：{count} 个。</translation>
    </message>
    <message>
        <source>Choose what to download.</source>
        <translation>请选择要下载的内容。</translation>
    </message>
    <message>
        <source>The whole model folder</source>
        <translation>整个模型文件夹</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Asking what is there…</source>
        <translation>正在查询那里有什么…</translation>
    </message>
    <message>
        <source>Downloaded to {folder}.</source>
        <translation>已下载到 {folder}。</translation>
    </message>
    <message>
        <source>Stopped. It goes on from there when you start it again.</source>
        <translation>已停止。再次开始时会从停下的地方继续。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>GridActions</name>
    <message>
        <source>A grid was not finished when Shoreline ended: {drawn} of {count} pictures are there.</source>
        <translation>Shoreline 上次结束时有一个对比网格没有画完：{count} 张中已有 {drawn} 张。</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Discard It</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>The tool {name} is not there. Enable its plugin, then ask for the grid again.</source>
        <translation>没有工具 {name}。请启用它的插件，再重新绘制此网格。</translation>
    </message>
</context>
<context>
    <name>GridCellsDialog</name>
    <message>
        <source>Grid cells</source>
        <translation>网格单元</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Begins at x</source>
        <translation>起点 x</translation>
    </message>
    <message>
        <source>Begins at y</source>
        <translation>起点 y</translation>
    </message>
</context>
<context>
    <name>GridDialog</name>
    <message>
        <source>Grid</source>
        <translation>对比网格</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Type values: {name}</source>
        <translation>请填写取值：{name}</translation>
    </message>
    <message>
        <source>Choose what changes from column to column.</source>
        <translation>请选择每一列改变什么。</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>一张图</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图</translation>
    </message>
    <message>
        <source>how long it takes is known once this model has drawn a picture</source>
        <translation>此模型画过一张图后才知道要多久</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>One picture for each pair of values, all else as in the Generate panel. Lists and ranges: 8, 12, 20 or 1-10 or 1-10 (+3) or 0-1 [5]. Words with a comma stand in quotes.</source>
        <translation>每一对取值画一张图，其余与生成面板相同。可以写列表和范围：8, 12, 20 或 1-10 或 1-10 (+3) 或 0-1 [5]。词语中有逗号时加引号。</translation>
    </message>
    <message>
        <source>Draw Grid</source>
        <translation>绘制网格</translation>
    </message>
</context>
<context>
    <name>GuideMaker</name>
    <message>
        <source>No plugin that is enabled can make a control layer.</source>
        <translation>已启用的插件都不能生成控制图层。</translation>
    </message>
</context>
<context>
    <name>GuideRow</name>
    <message>
        <source>Get It…</source>
        <translation>获取…</translation>
    </message>
    <message>
        <source>Draw after it or without it</source>
        <translation>依照它绘制，或不依照</translation>
    </message>
    <message>
        <source>Draw after it</source>
        <translation>依照它绘制</translation>
    </message>
    <message>
        <source>What the layer shows</source>
        <translation>图层显示的内容</translation>
    </message>
    <message>
        <source>The layer to draw after</source>
        <translation>要依照的图层</translation>
    </message>
    <message>
        <source>How strongly and for how many of the steps it is felt</source>
        <translation>作用有多强、持续多少步</translation>
    </message>
    <message>
        <source>Strength, and the share of the steps over which it is felt</source>
        <translation>强度，以及起作用的步数范围</translation>
    </message>
    <message>
        <source>Strength, range, network and how the layer is read</source>
        <translation>强度、范围、网络以及图层的读取方式</translation>
    </message>
    <message>
        <source>Remove from the list; the layer stays</source>
        <translation>从列表中移除；图层保留</translation>
    </message>
    <message>
        <source>Open the Models window at what is missing</source>
        <translation>在“模型”窗口中打开缺少的文件</translation>
    </message>
</context>
<context>
    <name>GuideSection</name>
    <message>
        <source>Control</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Add Control Layer</source>
        <translation>添加控制图层</translation>
    </message>
    <message>
        <source>No plugin that is enabled has a kind of control</source>
        <translation>已启用的插件没有控制种类</translation>
    </message>
    <message>
        <source>Draw after the active layer: its lines, depth, pose, colours or style</source>
        <translation>依照当前图层绘制：其线条、深度、姿势、颜色或风格</translation>
    </message>
</context>
<context>
    <name>GuideValuesDialog</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>The first that fits</source>
        <translation>第一个适合的</translation>
    </message>
    <message>
        <source>It is a control picture already</source>
        <translation>已经是控制图</translation>
    </message>
    <message>
        <source>Any picture: make one of it</source>
        <translation>任意图片：由它生成</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整幅图片</translation>
    </message>
    <message>
        <source>The region {name}</source>
        <translation>区域 {name}</translation>
    </message>
    <message>
        <source>A region that is not there</source>
        <translation>不存在的区域</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Felt in</source>
        <translation>作用于</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
</context>
<context>
    <name>HelpViewer</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Commands and keys</source>
        <translation>命令与按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Every command has its place in a menu or in the tool bar. {keys} finds it by name. The preferences give other keys to any of them.</source>
        <translation>每个命令都在菜单或工具栏中。按 {keys} 可按名称查找命令。在首选项中可以为任何命令指定其他按键。</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>矩形蒙版</translation>
    </message>
    <message>
        <source>Mask ellipse</source>
        <translation>椭圆蒙版</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>套索蒙版</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>画笔笔画</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Paint mask</source>
        <translation>绘制蒙版</translation>
    </message>
    <message>
        <source>Erase mask</source>
        <translation>擦除蒙版</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Resize image</source>
        <translation>调整图片大小</translation>
    </message>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Add control layer</source>
        <translation>添加控制图层</translation>
    </message>
    <message>
        <source>Add guide line</source>
        <translation>添加参考线</translation>
    </message>
    <message>
        <source>Add keyframe</source>
        <translation>添加关键帧</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Apply live picture</source>
        <translation>应用实时图片</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Border of the selection</source>
        <translation>选区边界</translation>
    </message>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Canvas edges</source>
        <translation>画布边缘</translation>
    </message>
    <message>
        <source>Change control layer</source>
        <translation>更改控制图层</translation>
    </message>
    <message>
        <source>Change region</source>
        <translation>更改区域</translation>
    </message>
    <message>
        <source>Change the grid</source>
        <translation>更改网格</translation>
    </message>
    <message>
        <source>Clip to the layer below</source>
        <translation>剪贴到下方图层</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Colour of a fill layer</source>
        <translation>填充图层的颜色</translation>
    </message>
    <message>
        <source>Crop to mask</source>
        <translation>裁剪到蒙版</translation>
    </message>
    <message>
        <source>Crop to selection</source>
        <translation>裁剪到选区</translation>
    </message>
    <message>
        <source>Delete keyframes</source>
        <translation>删除关键帧</translation>
    </message>
    <message>
        <source>Deselect</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>再次编辑</translation>
    </message>
    <message>
        <source>Elliptical selection</source>
        <translation>椭圆选区</translation>
    </message>
    <message>
        <source>Erase selection</source>
        <translation>擦除选区</translation>
    </message>
    <message>
        <source>Feather selection</source>
        <translation>羽化选区</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip layer horizontally</source>
        <translation>水平翻转图层</translation>
    </message>
    <message>
        <source>Flip layer vertically</source>
        <translation>垂直翻转图层</translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>对比网格</translation>
    </message>
    <message>
        <source>Grow selection</source>
        <translation>扩展选区</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>Label layer</source>
        <translation>标记图层</translation>
    </message>
    <message>
        <source>Lasso selection</source>
        <translation>套索选区</translation>
    </message>
    <message>
        <source>Layers of another picture</source>
        <translation>来自另一张图片的图层</translation>
    </message>
    <message>
        <source>Live recording</source>
        <translation>实时录制</translation>
    </message>
    <message>
        <source>Lock transparency of layer</source>
        <translation>锁定图层透明度</translation>
    </message>
    <message>
        <source>Make control layer</source>
        <translation>生成控制图层</translation>
    </message>
    <message>
        <source>Make region</source>
        <translation>建立区域</translation>
    </message>
    <message>
        <source>Mask from selection</source>
        <translation>由选区建立蒙版</translation>
    </message>
    <message>
        <source>Mask polygon</source>
        <translation>多边形蒙版</translation>
    </message>
    <message>
        <source>Merge visible layers</source>
        <translation>合并可见图层</translation>
    </message>
    <message>
        <source>Move guide line</source>
        <translation>移动参考线</translation>
    </message>
    <message>
        <source>Move keyframes</source>
        <translation>移动关键帧</translation>
    </message>
    <message>
        <source>Move selection</source>
        <translation>移动选区</translation>
    </message>
    <message>
        <source>Move what is selected</source>
        <translation>移动选中的部分</translation>
    </message>
    <message>
        <source>New adjustment layer</source>
        <translation>新建调整图层</translation>
    </message>
    <message>
        <source>New fill layer</source>
        <translation>新建填充图层</translation>
    </message>
    <message>
        <source>One value</source>
        <translation>统一数值</translation>
    </message>
    <message>
        <source>Open from the gallery</source>
        <translation>从图库打开</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Paint selection</source>
        <translation>涂抹选区</translation>
    </message>
    <message>
        <source>Panel of a plugin</source>
        <translation>插件面板</translation>
    </message>
    <message>
        <source>Polygonal selection</source>
        <translation>多边形选区</translation>
    </message>
    <message>
        <source>Rasterise layer</source>
        <translation>栅格化图层</translation>
    </message>
    <message>
        <source>Rectangular selection</source>
        <translation>矩形选区</translation>
    </message>
    <message>
        <source>Remove all guide lines</source>
        <translation>移除所有参考线</translation>
    </message>
    <message>
        <source>Remove control layer</source>
        <translation>移除控制图层</translation>
    </message>
    <message>
        <source>Remove guide line</source>
        <translation>移除参考线</translation>
    </message>
    <message>
        <source>Remove region</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>Reselect</source>
        <translation>重新选择</translation>
    </message>
    <message>
        <source>Rotate 90° right</source>
        <translation>向右旋转 90°</translation>
    </message>
    <message>
        <source>Rotate layer 180°</source>
        <translation>图层旋转 180°</translation>
    </message>
    <message>
        <source>Rotate layer 90° left</source>
        <translation>图层向左旋转 90°</translation>
    </message>
    <message>
        <source>Rotate layer 90° right</source>
        <translation>图层向右旋转 90°</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Selection by colour</source>
        <translation>按颜色的选区</translation>
    </message>
    <message>
        <source>Selection by the magnetic lasso</source>
        <translation>磁性套索选区</translation>
    </message>
    <message>
        <source>Selection by the wand</source>
        <translation>魔棒选区</translation>
    </message>
    <message>
        <source>Selection from layer</source>
        <translation>由图层建立选区</translation>
    </message>
    <message>
        <source>Selection from layer mask</source>
        <translation>由图层蒙版建立选区</translation>
    </message>
    <message>
        <source>Selection from mask</source>
        <translation>由蒙版建立选区</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Shrink selection</source>
        <translation>收缩选区</translation>
    </message>
    <message>
        <source>Smooth selection</source>
        <translation>平滑选区</translation>
    </message>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Switch control layer off</source>
        <translation>关闭控制图层</translation>
    </message>
    <message>
        <source>Switch control layer on</source>
        <translation>打开控制图层</translation>
    </message>
    <message>
        <source>Switch region off</source>
        <translation>关闭区域</translation>
    </message>
    <message>
        <source>Switch region on</source>
        <translation>开启区域</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Unclip layer</source>
        <translation>取消剪贴图层</translation>
    </message>
    <message>
        <source>Unlock transparency of layer</source>
        <translation>解锁图层透明度</translation>
    </message>
    <message>
        <source>Use control layers again</source>
        <translation>再次使用控制图层</translation>
    </message>
    <message>
        <source>Use regions again</source>
        <translation>再次使用区域</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Rotate 90° left</source>
        <translation>向左旋转 90°</translation>
    </message>
    <message>
        <source>Rotate 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open as layer</source>
        <translation>作为图层打开</translation>
    </message>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>New layer</source>
        <translation>新建图层</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建组</translation>
    </message>
    <message>
        <source>New layer from visible</source>
        <translation>由可见内容新建图层</translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation>图层编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Merge down</source>
        <translation>向下合并</translation>
    </message>
    <message>
        <source>Flatten picture</source>
        <translation>拼合图片</translation>
    </message>
    <message>
        <source>Move in the stack</source>
        <translation>调整图层顺序</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>显示图层</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>隐藏图层</translation>
    </message>
    <message>
        <source>Show one layer alone</source>
        <translation>单独显示一个图层</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>锁定图层</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>解锁图层</translation>
    </message>
    <message>
        <source>Layer opacity</source>
        <translation>图层不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Add layer mask</source>
        <translation>添加图层蒙版</translation>
    </message>
    <message>
        <source>Apply layer mask</source>
        <translation>应用图层蒙版</translation>
    </message>
    <message>
        <source>Delete layer mask</source>
        <translation>删除图层蒙版</translation>
    </message>
    <message>
        <source>Invert layer mask</source>
        <translation>反转图层蒙版</translation>
    </message>
    <message>
        <source>Switch layer mask on</source>
        <translation>打开图层蒙版</translation>
    </message>
    <message>
        <source>Switch layer mask off</source>
        <translation>关闭图层蒙版</translation>
    </message>
    <message>
        <source>Mask everything</source>
        <translation>全部蒙版</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>清除蒙版</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反转蒙版</translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation>扩大蒙版</translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation>缩小蒙版</translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation>羽化蒙版</translation>
    </message>
    <message>
        <source>Mask from layer</source>
        <translation>由图层生成蒙版</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Make timeline</source>
        <translation>建立时间轴</translation>
    </message>
    <message>
        <source>Remove timeline</source>
        <translation>移除时间轴</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建帧</translation>
    </message>
    <message>
        <source>Duplicate frames</source>
        <translation>复制为新帧</translation>
    </message>
    <message>
        <source>Delete frames</source>
        <translation>删除帧</translation>
    </message>
    <message>
        <source>Cut frames</source>
        <translation>剪切帧</translation>
    </message>
    <message>
        <source>Paste frames</source>
        <translation>粘贴帧</translation>
    </message>
    <message>
        <source>Move frames</source>
        <translation>移动帧</translation>
    </message>
    <message>
        <source>Reverse frames</source>
        <translation>反转帧</translation>
    </message>
    <message>
        <source>Hold frames</source>
        <translation>帧停留</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>帧速率</translation>
    </message>
    <message>
        <source>Loop mode</source>
        <translation>循环方式</translation>
    </message>
    <message>
        <source>Upscale picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Upscale layer</source>
        <translation>放大图层</translation>
    </message>
    <message>
        <source>Upscale masked part</source>
        <translation>放大蒙版部分</translation>
    </message>
    <message>
        <source>Animation frames</source>
        <translation>动画帧</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>{used} of {budget}</source>
        <translation>{used} / {budget}</translation>
    </message>
    <message>
        <source>Go to this step</source>
        <translation>转到此步</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>使用设置</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Memory that the history uses; the oldest steps are forgotten beyond that</source>
        <translation>历史占用的内存；超出后会忘记最早的步骤</translation>
    </message>
</context>
<context>
    <name>HueStrip</name>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
</context>
<context>
    <name>ImageMenu</name>
    <message>
        <source>The picture was changed meanwhile, so it was left as it is. Try again.</source>
        <translation>图片在此期间被改动，因此未作更改。请重试。</translation>
    </message>
    <message>
        <source>The picture is being changed: {percent} %</source>
        <translation>正在更改图片：{percent} %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The new area is masked. Fill it, or say in the prompt what should be there and draw.</source>
        <translation>新增区域已成为蒙版。可直接填充，或在提示词中写明那里应有的内容再作画。</translation>
    </message>
    <message>
        <source>Fill the New Area</source>
        <translation>填充新增区域</translation>
    </message>
</context>
<context>
    <name>InstalledPage</name>
    <message>
        <source>Search by name, kind, family or folder</source>
        <translation>按名称、种类、系列或文件夹搜索</translation>
    </message>
    <message>
        <source>Get Models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Copied: {text}</source>
        <translation>已复制：{text}</translation>
    </message>
    <message>
        <source>Nothing here fits “{query}”.</source>
        <translation>没有与“{query}”相符的内容。</translation>
    </message>
    <message>
        <source>There is no LoRA yet. Put .safetensors files into the models folder, or add a folder.</source>
        <translation>还没有 LoRA。请把 .safetensors 文件放进模型文件夹，或添加一个文件夹。</translation>
    </message>
    <message>
        <source>Everything here can be used.</source>
        <translation>这里的一切都可以使用。</translation>
    </message>
    <message>
        <source>There is no model yet. Get one, or add the folder of another program.</source>
        <translation>还没有模型。请获取一个，或添加其他程序的文件夹。</translation>
    </message>
    <message>
        <source>Pictures are drawn with {name} now.</source>
        <translation>现在用 {name} 绘制图像。</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>删除 {name}？</translation>
    </message>
    <message>
        <source>Delete a model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <source>{path} goes into the trash, with its picture and notes.</source>
        <translation>{path} 将连同其图片和说明移入回收站。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>JobCard</name>
    <message>
        <source>{width} × {height} · {steps} steps · seed {seed}</source>
        <translation>{width} × {height} · {steps} 步 · 种子 {seed}</translation>
    </message>
    <message>
        <source>Grid {columns} × {rows}</source>
        <translation>网格 {columns} × {rows}</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>使用设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Place as layer</source>
        <translation>放为图层</translation>
    </message>
    <message>
        <source>Show over the canvas</source>
        <translation>在画布上显示</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Copy seed</source>
        <translation>复制种子</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Show picture {number} over the canvas (seed {seed}); a double click makes it a layer</source>
        <translation>在画布上显示第 {number} 张图片（种子 {seed}）；双击将其变为图层</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>KnownModels</name>
    <message>
        <source>The plain model that most LoRAs were made for.</source>
        <translation>大多数 LoRA 所依据的基础模型。</translation>
    </message>
    <message>
        <source>Paintings, portraits and fantasy; light enough for 4 GB of graphics memory.</source>
        <translation>绘画、肖像与奇幻；4 GB 显存即可。</translation>
    </message>
    <message>
        <source>Only for masks: sees what lies around them.</source>
        <translation>仅用于蒙版：能看到蒙版周围的内容。</translation>
    </message>
    <message>
        <source>Only for masks, in the manner of DreamShaper.</source>
        <translation>仅用于蒙版，DreamShaper 风格。</translation>
    </message>
    <message>
        <source>Larger pictures and better hands; wants 8 GB of graphics memory.</source>
        <translation>更大的图片、更好的手部；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Pictures that look like photographs; wants 8 GB of graphics memory.</source>
        <translation>照片般的图片；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Photographs and film scenes; wants 8 GB of graphics memory.</source>
        <translation>照片与电影场景；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Only for masks, at larger sizes; wants 8 GB of graphics memory.</source>
        <translation>仅用于蒙版，尺寸更大；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Anime figures in soft light.</source>
        <translation>光线柔和的动漫人物。</translation>
    </message>
    <message>
        <source>Anime at larger sizes; wants 8 GB of graphics memory.</source>
        <translation>更大尺寸的动漫图像；需要 8 GB 显存。</translation>
    </message>
    <message>
        <source>Anime by tags; many other models were made of it.</source>
        <translation>用标签绘制动漫；许多模型由它衍生而来。</translation>
    </message>
    <message>
        <source>Anime by tags, with deeper darks and brighter lights.</source>
        <translation>用标签绘制动漫，暗部更深，亮部更亮。</translation>
    </message>
    <message>
        <source>For models that come without a VAE: smoother faces and eyes.</source>
        <translation>用于不带 VAE 的模型：面部和眼睛更平滑。</translation>
    </message>
    <message>
        <source>For XL models that come without a VAE.</source>
        <translation>用于不带 VAE 的 XL 模型。</translation>
    </message>
    <message>
        <source>For models that come without a text encoder.</source>
        <translation>用于不带文本编码器的模型。</translation>
    </message>
    <message>
        <source>A motion adapter: makes frames that belong together.</source>
        <translation>运动适配器：生成前后连贯的帧。</translation>
    </message>
    <message>
        <source>Shows pictures of Stable Diffusion 1 and 2 in detail while they are drawn.</source>
        <translation>生成时以细致的画面预览 Stable Diffusion 1 和 2 的图片。</translation>
    </message>
    <message>
        <source>Shows pictures of XL in detail while they are drawn.</source>
        <translation>生成时以细致的画面预览 XL 的图片。</translation>
    </message>
    <message>
        <source>Shows pictures of Flux.1, Chroma and Z-Image in detail while they are drawn.</source>
        <translation>生成时以细致的画面预览 Flux.1、Chroma 和 Z-Image 的图片。</translation>
    </message>
    <message>
        <source>Follows thin edges.</source>
        <translation>跟随细的边缘。</translation>
    </message>
    <message>
        <source>Colours in a clean drawing.</source>
        <translation>为干净的线稿上色。</translation>
    </message>
    <message>
        <source>Works a rough sketch up into a picture.</source>
        <translation>把粗略的草图画成图片。</translation>
    </message>
    <message>
        <source>Follows broad contours and leaves details free.</source>
        <translation>跟随大的轮廓，细节自由发挥。</translation>
    </message>
    <message>
        <source>Keeps what is near and what is far.</source>
        <translation>保持远近关系。</translation>
    </message>
    <message>
        <source>Places figures as a stick figure stands.</source>
        <translation>人物按火柴人的姿势摆放。</translation>
    </message>
    <message>
        <source>Draws details anew and keeps colours and shapes.</source>
        <translation>重画细节，保持颜色和形状。</translation>
    </message>
    <message>
        <source>Edges, lines, sketches, depth, poses and tiles in one network.</source>
        <translation>一个网络读取边缘、线稿、草图、深度、姿势和分块。</translation>
    </message>
    <message>
        <source>Shows mood and subject of a picture, loosely.</source>
        <translation>让模型看一张图的氛围和主题，不拘细节。</translation>
    </message>
    <message>
        <source>Shows a picture, and stays close to it.</source>
        <translation>让模型看一张图，并画得接近它。</translation>
    </message>
    <message>
        <source>Shows the face on a picture.</source>
        <translation>让模型看图中的脸。</translation>
    </message>
    <message>
        <source>Looks at pictures for the IP-Adapters of this list.</source>
        <translation>替本列表中的 IP-Adapter 看图。</translation>
    </message>
    <message>
        <source>Looks at pictures for the first IP-Adapter for XL.</source>
        <translation>替第一个 XL 版 IP-Adapter 看图。</translation>
    </message>
    <message>
        <source>Reads edges, lines, scribbles, depth and poses.</source>
        <translation>能读边缘、线稿、涂鸦、深度和姿势。</translation>
    </message>
    <message>
        <source>Tells how far away things on a picture are.</source>
        <translation>判断图中各物的远近。</translation>
    </message>
    <message>
        <source>Tells how people on a picture stand.</source>
        <translation>说明图片上人物的姿势。</translation>
    </message>
    <message>
        <source>Finds people on a picture, so that the pose of each is told.</source>
        <translation>找出图片上的人物，从而说明每个人的姿势。</translation>
    </message>
    <message>
        <source>Photographs and readable lettering, in nine steps.</source>
        <translation>照片和可读的文字，九步完成。</translation>
    </message>
    <message>
        <source>Draws in four steps and reads long prompts.</source>
        <translation>四步完成，能读取很长的提示词。</translation>
    </message>
    <message>
        <source>Slower than the other Klein and more varied: 50 steps.</source>
        <translation>比另一个 Klein 慢，但更多变：50 步。</translation>
    </message>
    <message>
        <source>A free relation of Flux.1 with negative prompts: 40 steps.</source>
        <translation>Flux.1 的自由亲属，支持反向提示词：40 步。</translation>
    </message>
    <message>
        <source>Draws in four steps and reads long prompts; its terms are to be accepted first.</source>
        <translation>四步完成，能读取很长的提示词；须先接受其条款。</translation>
    </message>
    <message>
        <source>For models of Flux.1, Chroma and Z-Image that come without a VAE.</source>
        <translation>用于不带 VAE 的 Flux.1、Chroma 和 Z-Image 模型。</translation>
    </message>
    <message>
        <source>For models of Flux.1 and Chroma that come without it.</source>
        <translation>用于不带它的 Flux.1 和 Chroma 模型。</translation>
    </message>
    <message>
        <source>For models of Z-Image and Flux.2 Klein that come without it.</source>
        <translation>用于不带它的 Z-Image 和 Flux.2 Klein 模型。</translation>
    </message>
    <message>
        <source>The network that draws; wants Qwen3-4B and the VAE of Flux.1 beside it.</source>
        <translation>负责绘制的网络；旁边需要 Qwen3-4B 和 Flux.1 的 VAE。</translation>
    </message>
    <message>
        <source>Draws in four to eight steps: scheduler LCM, guidance 1 to 2.</source>
        <translation>四到八步完成：采样器 LCM，引导强度 1 到 2。</translation>
    </message>
    <message>
        <source>Draws in eight steps, with negative prompts: scheduler DDIM, guidance 3 to 7.</source>
        <translation>八步完成，反向提示词有效：采样器 DDIM，引导强度 3 到 7。</translation>
    </message>
    <message>
        <source>Draws in exactly four steps: scheduler Euler, guidance 1.</source>
        <translation>恰好四步完成：采样器 Euler，引导强度 1。</translation>
    </message>
    <message>
        <source>Draws in four crisp steps: scheduler LCM, guidance 1.</source>
        <translation>四步完成，画面清晰：采样器 LCM，引导强度 1。</translation>
    </message>
    <message>
        <source>One word for the negative prompt that stands for many; made for anime.</source>
        <translation>反向提示词中以一个词代替许多词；为动漫制作。</translation>
    </message>
    <message>
        <source>Photographs, four times as large.</source>
        <translation>照片，放大四倍。</translation>
    </message>
    <message>
        <source>Drawings in flat colours, four times as large.</source>
        <translation>平涂色彩的画，放大四倍。</translation>
    </message>
    <message>
        <source>Photographs from the web, four times as large, without their noise and blocks.</source>
        <translation>网络照片，放大四倍，去除噪点和色块。</translation>
    </message>
    <message>
        <source>Any picture, four times as large: slow and careful.</source>
        <translation>任何图片，放大四倍：慢而细致。</translation>
    </message>
    <message>
        <source>Any picture, twice as large: tiny and quick.</source>
        <translation>任何图片，放大两倍：小巧快速。</translation>
    </message>
    <message>
        <source>Any picture, four times as large, and sharper.</source>
        <translation>任何图片，放大四倍，而且更清晰。</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Clipped to the layer below</source>
        <translation>已剪贴到下方图层</translation>
    </message>
    <message>
        <source>Alpha locked</source>
        <translation>透明度已锁定</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>No layers. Add one below, or generate a picture.</source>
        <translation>没有图层。请在下方添加，或生成图片。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Layer {number}</source>
        <translation>图层 {number}</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>可见内容</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>组 {number}</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation>第 {number} 帧</translation>
    </message>
    <message>
        <source>Fill {number}</source>
        <translation>填充 {number}</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>How the layer mixes with what lies below it</source>
        <translation>此图层与下方内容的混合方式</translation>
    </message>
    <message>
        <source>Opacity of the layer; a double click sets 100 %</source>
        <translation>图层的不透明度；双击设为 100 %</translation>
    </message>
    <message>
        <source>Name, or a part of it</source>
        <translation>名称或其中一部分</translation>
    </message>
    <message>
        <source>Find layers by name</source>
        <translation>按名称查找图层</translation>
    </message>
    <message>
        <source>New group, or group the selected layers</source>
        <translation>新建组，或把选中的图层编组</translation>
    </message>
    <message>
        <source>Layer mask</source>
        <translation>图层蒙版</translation>
    </message>
    <message>
        <source>New adjustment layer</source>
        <translation>新建调整图层</translation>
    </message>
    <message>
        <source>Mask alone</source>
        <translation>单独显示蒙版</translation>
    </message>
    <message>
        <source>Control layer</source>
        <translation>控制图层</translation>
    </message>
    <message>
        <source>Control layer, off</source>
        <translation>控制图层，已关闭</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Region, off</source>
        <translation>区域，已关闭</translation>
    </message>
    <message>
        <source>Mask off</source>
        <translation>蒙版已关闭</translation>
    </message>
    <message>
        <source>Off: not understood by this version</source>
        <translation>已关闭：此版本无法识别</translation>
    </message>
</context>
<context>
    <name>LevelsEditor</name>
    <message>
        <source>Black</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白场</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>灰度系数</translation>
    </message>
    <message>
        <source>Output black</source>
        <translation>输出黑场</translation>
    </message>
    <message>
        <source>Output white</source>
        <translation>输出白场</translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>Not drawn</source>
        <translation>未绘制</translation>
    </message>
    <message>
        <source>Waits for the jobs</source>
        <translation>等待任务完成</translation>
    </message>
    <message>
        <source>{time} each: {keys} draws</source>
        <translation>每张 {time}：按 {keys} 绘制</translation>
    </message>
    <message>
        <source>{time} a picture</source>
        <translation>每张 {time}</translation>
    </message>
</context>
<context>
    <name>LiveStrip</name>
    <message>
        <source>Live painting</source>
        <translation>实时绘画</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much the live picture changes what you paint</source>
        <translation>实时图片在多大程度上改变您所画的内容</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>More for live painting</source>
        <translation>实时绘画的更多选项</translation>
    </message>
    <message>
        <source>Seed {seed}: each gives another picture of the same sketch</source>
        <translation>种子 {seed}：每个种子给出同一草图的另一张图片</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Live picture</source>
        <translation>实时图片</translation>
    </message>
</context>
<context>
    <name>LiveWindow</name>
    <message>
        <source>Live picture</source>
        <translation>实时图片</translation>
    </message>
</context>
<context>
    <name>LookDesk</name>
    <message>
        <source>Navigator</source>
        <translation>导航器</translation>
    </message>
</context>
<context>
    <name>LoraChoice</name>
    <message>
        <source>It is for {family}, but the chosen model is {other}.</source>
        <translation>它用于 {family}，而所选模型是 {other}。</translation>
    </message>
</context>
<context>
    <name>LoraPicker</name>
    <message>
        <source>Add LoRA</source>
        <translation>添加 LoRA</translation>
    </message>
    <message>
        <source>Add its trigger words to the prompt</source>
        <translation>把它的触发词加入提示词</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Trigger words: {words}</source>
        <translation>触发词：{words}</translation>
    </message>
    <message>
        <source>Advised weight: {weight}</source>
        <translation>建议权重：{weight}</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>No LoRA is called so.</source>
        <translation>没有这个名称的 LoRA。</translation>
    </message>
    <message>
        <source>There are no LoRAs yet. Put .safetensors files into a models folder; Models shows where it is.</source>
        <translation>还没有 LoRA。请把 .safetensors 文件放入模型文件夹；“模型”对话框会显示它的位置。</translation>
    </message>
</context>
<context>
    <name>LoraRow</name>
    <message>
        <source>Weight of {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>It names no trigger words</source>
        <translation>它没有给出触发词</translation>
    </message>
    <message>
        <source>Draw with it or without it</source>
        <translation>使用或不使用它</translation>
    </message>
    <message>
        <source>How strongly it changes the picture: 1 as it was made, below 0 the opposite</source>
        <translation>它改变图片的强度：1 为原本的强度，小于 0 则相反</translation>
    </message>
    <message>
        <source>Trigger words</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>Trigger words: puts them into the prompt</source>
        <translation>触发词：放入提示词</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>LoraSection</name>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Add LoRA…</source>
        <translation>添加 LoRA…</translation>
    </message>
    <message>
        <source>It is not in the models folders.</source>
        <translation>它不在模型文件夹中。</translation>
    </message>
    <message>
        <source>The LoRA {name} cannot be used: {problem}</source>
        <translation>LoRA {name} 无法使用：{problem}</translation>
    </message>
    <message>
        <source>LoRAs teach the model a style, a person or a thing</source>
        <translation>LoRA 能教会模型一种风格、一个人物或一样东西</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Type a prompt and press {keys}, or paint</source>
        <translation>输入提示词并按 {keys}，或直接绘画</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Working with files…</source>
        <translation>正在处理文件…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>MakeGuideDialog</name>
    <message>
        <source>Make Control Layer</source>
        <translation>生成控制图层</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show it on the picture; nothing is changed until you make it</source>
        <translation>显示在图片上；生成之前不会更改任何内容</translation>
    </message>
    <message>
        <source>A hidden layer is made of what is seen, and drawn after.</source>
        <translation>由所见内容生成一个隐藏图层，并依照它绘制。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>More for the mask</source>
        <translation>更多蒙版操作</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Pixels to grow, shrink or feather by</source>
        <translation>扩大、缩小或羽化的像素数</translation>
    </message>
</context>
<context>
    <name>MaskMenu</name>
    <message>
        <source>Grow the mask</source>
        <translation>扩大蒙版</translation>
    </message>
    <message>
        <source>Shrink the mask</source>
        <translation>缩小蒙版</translation>
    </message>
    <message>
        <source>Feather the mask</source>
        <translation>羽化蒙版</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>图像(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Animation</source>
        <translation>动画(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Plugins</source>
        <translation>插件(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Filte&amp;r</source>
        <translation>滤镜(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>项目(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Keyframe</source>
        <translation>关键帧(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation>帧(&amp;F)</translation>
    </message>
    <message>
        <source>Keyframe animation</source>
        <translation>关键帧动画</translation>
    </message>
    <message>
        <source>Li&amp;ve</source>
        <translation>实时(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Ready Tools</source>
        <translation>现成工具(&amp;R)</translation>
    </message>
    <message>
        <source>Resul&amp;ts</source>
        <translation>结果(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>画笔(&amp;B)</translation>
    </message>
    <message>
        <source>New Ad&amp;justment Layer</source>
        <translation>新建调整图层(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>选择(&amp;S)</translation>
    </message>
    <message>
        <source>Colour Label</source>
        <translation>颜色标签</translation>
    </message>
    <message>
        <source>Layer Mas&amp;k</source>
        <translation>图层蒙版(&amp;K)</translation>
    </message>
    <message>
        <source>Transform Layer</source>
        <translation>变换图层</translation>
    </message>
    <message>
        <source>Rulers and &amp;Guides</source>
        <translation>标尺与参考线(&amp;G)</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>There is no layer below to merge with.</source>
        <translation>下方没有可以合并的图层。</translation>
    </message>
    <message>
        <source>Move the layer above another one.</source>
        <translation>请把图层移到另一个图层之上。</translation>
    </message>
    <message>
        <source>The layer {name} is hidden.</source>
        <translation>图层 {name} 已隐藏。</translation>
    </message>
    <message>
        <source>Show it, then merge.</source>
        <translation>请先显示再合并。</translation>
    </message>
    <message>
        <source> It takes {needed} of the processor&apos;s memory too, of which {free} are free.</source>
        <translation>另外还需要处理器的内存 {needed}，其中 {free} 可用。</translation>
    </message>
    <message>
        <source>&quot;{layer}&quot; is too large to be filtered at once.</source>
        <translation>“{layer}”太大，不能一次应用滤镜。</translation>
    </message>
    <message>
        <source>A brush {name} of {value} is not possible.</source>
        <translation>画笔的 {name} 不能是 {value}。</translation>
    </message>
    <message>
        <source>A canvas of {width}x{height} pixels is not possible.</source>
        <translation>不能有 {width}x{height} 像素的画布。</translation>
    </message>
    <message>
        <source>A default of the {owner} does not fit: {reason}</source>
        <translation>{owner} 的默认值不合适：{reason}</translation>
    </message>
    <message>
        <source>A factor of {factor:g} is not possible.</source>
        <translation>不能用倍数 {factor:g}。</translation>
    </message>
    <message>
        <source>A formula has {count} characters.</source>
        <translation>公式有 {count} 个字符。</translation>
    </message>
    <message>
        <source>A frame cannot be held for {hold} ticks.</source>
        <translation>一帧不能停留 {hold} 拍。</translation>
    </message>
    <message>
        <source>A job has one region only.</source>
        <translation>任务只有一个区域。</translation>
    </message>
    <message>
        <source>A layer lies at {x}, {y}, further from the canvas than a file can hold.</source>
        <translation>有一个图层位于 {x}, {y}，离画布太远，文件容纳不了。</translation>
    </message>
    <message>
        <source>A layer of {name} lies at {x}, {y}.</source>
        <translation>{name} 有一个图层位于 {x}, {y}。</translation>
    </message>
    <message>
        <source>A manifest is a few lines.</source>
        <translation>清单只是几行文字。</translation>
    </message>
    <message>
        <source>A mask radius of {asked} pixels is not possible.</source>
        <translation>蒙版半径不能是 {asked} 像素。</translation>
    </message>
    <message>
        <source>A mask was given without an image.</source>
        <translation>给出了蒙版，却没有图像。</translation>
    </message>
    <message>
        <source>A page without any shows nothing.</source>
        <translation>没有参数的页面什么也不显示。</translation>
    </message>
    <message>
        <source>A part of kind {kind!r} is not supported and was left out.</source>
        <translation>不支持种类为 {kind!r} 的部分，已略去。</translation>
    </message>
    <message>
        <source>A picture has {most} control layers at most; the others were left out.</source>
        <translation>一幅图片最多有 {most} 个控制图层；其余已略去。</translation>
    </message>
    <message>
        <source>A picture cannot have more than {most} regions.</source>
        <translation>一幅图片最多只能有 {most} 个区域。</translation>
    </message>
    <message>
        <source>&quot;&quot;, at night, in the rain</source>
        <translation>&quot;&quot;, 夜晚, 雨中</translation>
    </message>
    <message>
        <source>&quot;&quot;, blurry</source>
        <translation>&quot;&quot;, 模糊</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is a frame: the frame below it is not shown together with it.</source>
        <translation>“{name}”是一帧：它下面的帧不会与它同时显示。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is an adjustment layer and holds no pixels that another layer could be merged into.</source>
        <translation>“{name}”是调整图层，没有可供其他图层合并进去的像素。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is an adjustment layer: it changes what lies below it and holds no pixels.</source>
        <translation>“{name}”是调整图层：它改变下方内容的显示，本身没有像素。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is no adjustment layer.</source>
        <translation>“{name}”不是调整图层。</translation>
    </message>
    <message>
        <source>A brush needs a name of 1 to {most} letters.</source>
        <translation>画笔名称需要 1 到 {most} 个字符。</translation>
    </message>
    <message>
        <source>A grid needs a parameter that changes.</source>
        <translation>网格需要一个会改变的参数。</translation>
    </message>
    <message>
        <source>A grid of {count} pictures is too large.</source>
        <translation>{count} 张图的网格太大了。</translation>
    </message>
    <message>
        <source>A grid with cells of {width}x{height} pixels is not possible.</source>
        <translation>网格单元不能为 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>A picture cannot have more than {most} guide lines of a direction.</source>
        <translation>一张图片在每个方向上最多有 {most} 条参考线。</translation>
    </message>
    <message>
        <source>A picture has {most} regions at most; the others were left out.</source>
        <translation>一幅图片最多有 {most} 个区域;其余的已略过。</translation>
    </message>
    <message>
        <source>A picture is being drawn for this canvas.</source>
        <translation>正在为这个画布绘制图片。</translation>
    </message>
    <message>
        <source>A picture of {depth} bits a channel, converted to 8.</source>
        <translation>每通道 {depth} 位的图片，已转换为 8 位。</translation>
    </message>
    <message>
        <source>A picture that was drawn could not be kept in the gallery: {reason}</source>
        <translation>画出的一张图片无法保留在图库中：{reason}</translation>
    </message>
    <message>
        <source>A pipe or a device is not read: it might never end.</source>
        <translation>不读取管道或设备：它可能永不结束。</translation>
    </message>
    <message>
        <source>A plugin is a folder with a plugin.toml, a zip of such a folder, or a wheel that holds one.</source>
        <translation>插件是含有 plugin.toml 的文件夹、这种文件夹的 zip，或含有它的 wheel。</translation>
    </message>
    <message>
        <source>A project is a few lines of text.</source>
        <translation>项目只是几行文字。</translation>
    </message>
    <message>
        <source>A prompt can have {most} characters at most.</source>
        <translation>提示词最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>A prompt has {count} characters.</source>
        <translation>提示词有 {count} 个字符。</translation>
    </message>
    <message>
        <source>A quotation mark is not closed: {text}</source>
        <translation>引号没有成对：{text}</translation>
    </message>
    <message>
        <source>A range of {count} values is not possible.</source>
        <translation>一个范围不能有 {count} 个值。</translation>
    </message>
    <message>
        <source>A range with steps of 0 does not end.</source>
        <translation>步长为 0 的范围没有尽头。</translation>
    </message>
    <message>
        <source>A strength of 0 changes nothing.</source>
        <translation>强度为 0 不会有任何变化。</translation>
    </message>
    <message>
        <source>A text in the picture&apos;s metadata could not be read ({reason}).</source>
        <translation>图片元数据中的一段文字无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>A {file_format} picture can have sides of at most {longest} pixels.</source>
        <translation>{file_format} 图片的边长最多为 {longest} 像素。</translation>
    </message>
    <message>
        <source>About {used} of {room} are used at most.</source>
        <translation>最多约占用 {room} 中的 {used}。</translation>
    </message>
    <message>
        <source>About {used} of {room} would be used: more than is free now.</source>
        <translation>将占用 {room} 中的约 {used}：超过了目前可用的内存。</translation>
    </message>
    <message>
        <source>Add a mask first.</source>
        <translation>请先添加蒙版。</translation>
    </message>
    <message>
        <source>All of the canvas is empty: there is nothing to go on from.</source>
        <translation>整个画布都是空白的：没有可以延续的内容。</translation>
    </message>
    <message>
        <source>An animation of {count} frames: the first is shown.</source>
        <translation>这是有 {count} 帧的动画：显示的是第一帧。</translation>
    </message>
    <message>
        <source>An engine is being installed or removed already.</source>
        <translation>已经有引擎正在安装或移除。</translation>
    </message>
    <message>
        <source>Animagine XL 4</source>
        <translation>Animagine XL 4</translation>
    </message>
    <message>
        <source>AnimateDiff 3</source>
        <translation>AnimateDiff 3</translation>
    </message>
    <message>
        <source>Another program changed the layer {name!r}: its mask is applied now.</source>
        <translation>图层 {name!r} 被别的程序改过：其蒙版现已应用。</translation>
    </message>
    <message>
        <source>Another program holds the gallery in {folder}.</source>
        <translation>另一个程序正占用 {folder} 中的图库。</translation>
    </message>
    <message>
        <source>Another window is mending the gallery in {folder}.</source>
        <translation>另一个窗口正在修复 {folder} 中的图库。</translation>
    </message>
    <message>
        <source>Apache-2.0</source>
        <translation>Apache-2.0</translation>
    </message>
    <message>
        <source>Apply runs the filter without one.</source>
        <translation>“应用”会不经预览直接运行滤镜。</translation>
    </message>
    <message>
        <source>Ask for a newer version of the plugin.</source>
        <translation>请索取插件的新版本。</translation>
    </message>
    <message>
        <source>Ask for one picture a frame, without masks.</source>
        <translation>请每帧只要一张图，不用蒙版。</translation>
    </message>
    <message>
        <source>Ask its author for a version that goes together with it.</source>
        <translation>请向其作者索取能配合它的版本。</translation>
    </message>
    <message>
        <source>Ask its owner for access, or use a token (HF_TOKEN) that may read it.</source>
        <translation>请向其所有者申请访问权限，或使用可以读取它的令牌（HF_TOKEN）。</translation>
    </message>
    <message>
        <source>BSD-3-Clause</source>
        <translation>BSD-3-Clause</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>两个方向</translation>
    </message>
    <message>
        <source>CC-BY-4.0</source>
        <translation>CC-BY-4.0</translation>
    </message>
    <message>
        <source>CC-BY-NC-4.0</source>
        <translation>CC-BY-NC-4.0</translation>
    </message>
    <message>
        <source>CC-BY-NC-SA-4.0</source>
        <translation>CC-BY-NC-SA-4.0</translation>
    </message>
    <message>
        <source>CLIP image encoder</source>
        <translation>CLIP 图像编码器</translation>
    </message>
    <message>
        <source>CLIP text encoder</source>
        <translation>CLIP 文本编码器</translation>
    </message>
    <message>
        <source>CLIP-L text encoder</source>
        <translation>CLIP-L 文本编码器</translation>
    </message>
    <message>
        <source>CMYK without a colour profile: its colours are approximate.</source>
        <translation>没有颜色配置文件的 CMYK：颜色只是近似。</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>无法分配内存</translation>
    </message>
    <message>
        <source>Change it, or bound it with clamp, min and max.</source>
        <translation>请修改它，或用 clamp、min、max 限制范围。</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT and the proxy, or choose another repository.</source>
        <translation>请检查 HF_ENDPOINT 和代理，或选择另一个仓库。</translation>
    </message>
    <message>
        <source>Check that HF_ENDPOINT is the address of a hub, and try again later.</source>
        <translation>请检查 HF_ENDPOINT 是否是有效的地址，稍后重试。</translation>
    </message>
    <message>
        <source>Check that it is still there.</source>
        <translation>请确认它还在原处。</translation>
    </message>
    <message>
        <source>Check that it is there and that you may open it.</source>
        <translation>请检查它是否存在、你是否可以打开它。</translation>
    </message>
    <message>
        <source>Check that the disk is not full and that you may read and write there. It is offered again at the next start.</source>
        <translation>请检查磁盘是否已满，以及你在那里的读写权限。下次启动时会再次提供。</translation>
    </message>
    <message>
        <source>Check that you may change it.</source>
        <translation>请检查你是否可以更改它。</translation>
    </message>
    <message>
        <source>Check that you may open it.</source>
        <translation>请检查你是否可以打开它。</translation>
    </message>
    <message>
        <source>Check that you may write there and that the disk is not full. Save your work often until then.</source>
        <translation>请检查写入权限，以及磁盘是否已满。在那之前请经常保存。</translation>
    </message>
    <message>
        <source>Check that you may write there.</source>
        <translation>请检查你是否可以写入那里。</translation>
    </message>
    <message>
        <source>Check that you may write there. Pictures are drawn as ever, but not kept in the gallery.</source>
        <translation>请检查您是否可以写入那里。图片照常绘制，但不会保留在图库中。</translation>
    </message>
    <message>
        <source>Check the address and the proxy.</source>
        <translation>请检查地址和代理。</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>请检查地址。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>Check the folder&apos;s permissions.</source>
        <translation>请检查文件夹的权限。</translation>
    </message>
    <message>
        <source>Check the free disk space and that you may write there; what is there already is kept.</source>
        <translation>请检查磁盘空间和写入权限；已有的内容会保留。</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>Check the name or address, the network and the proxy; what is there already is kept.</source>
        <translation>请检查名称或地址、网络和代理；已下载的部分会保留。</translation>
    </message>
    <message>
        <source>Check the name. For a private one run `hf auth login` or set HF_TOKEN.</source>
        <translation>请检查名称。私有的请运行 `hf auth login` 或设置 HF_TOKEN。</translation>
    </message>
    <message>
        <source>Check the name; run `hf auth login` or set HF_TOKEN to a token that is valid.</source>
        <translation>请检查名称；运行 `hf auth login`，或把 HF_TOKEN 设为有效的令牌。</translation>
    </message>
    <message>
        <source>Check the names with its author, or choose another index or folder of wheels.</source>
        <translation>请与其作者核对名称，或选择别的索引或 wheel 文件夹。</translation>
    </message>
    <message>
        <source>Choose .gif, .apng, .webp, .avif, .mp4, .webm, .json for a sprite sheet, or a folder for PNG files.</source>
        <translation>请选择 .gif、.apng、.webp、.avif、.mp4、.webm，精灵表用 .json，PNG 文件用文件夹。</translation>
    </message>
    <message>
        <source>Choose Automatic as the device, update the driver of the graphics card, or install another engine under Preferences &gt; Engine.</source>
        <translation>请把设备设为“自动”、更新显卡驱动，或在“首选项 &gt; 引擎”中安装另一个引擎。</translation>
    </message>
    <message>
        <source>Choose Automatic as the memory use under Preferences &gt; Drawing, or a smaller model.</source>
        <translation>请在“首选项 &gt; 绘制”中将内存占用设为自动，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Choose Automatic as the number format under Preferences &gt; Drawing, or a smaller model.</source>
        <translation>请在“首选项 &gt; 绘制”中将数字格式设为自动，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Choose Text to image.</source>
        <translation>请选择“文生图”。</translation>
    </message>
    <message>
        <source>Choose WebP, or install Pillow from its wheels.</source>
        <translation>请选择 WebP，或从 wheel 安装 Pillow。</translation>
    </message>
    <message>
        <source>Choose a .gpl or .ase file.</source>
        <translation>请选择 .gpl 或 .ase 文件。</translation>
    </message>
    <message>
        <source>Choose a .png file in a folder that you may write to.</source>
        <translation>请选择可写文件夹中的 .png 文件。</translation>
    </message>
    <message>
        <source>Choose a PNG, JPEG or WebP file.</source>
        <translation>请选择 PNG、JPEG 或 WebP 文件。</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>请选择其中的文件。</translation>
    </message>
    <message>
        <source>Choose a film, an animated GIF, WebP or PNG, or a folder of frames.</source>
        <translation>请选择影片、GIF、WebP 或 PNG 动画，或帧文件夹。</translation>
    </message>
    <message>
        <source>Choose a film.</source>
        <translation>请选择影片。</translation>
    </message>
    <message>
        <source>Choose a folder of PNG, JPEG or WebP pictures.</source>
        <translation>请选择有 PNG、JPEG 或 WebP 图片的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder you may write to.</source>
        <translation>请选择你可以写入的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder. {how_to_fill}</source>
        <translation>请选择文件夹。{how_to_fill}</translation>
    </message>
    <message>
        <source>Choose a larger strength.</source>
        <translation>请选择更大的强度。</translation>
    </message>
    <message>
        <source>Choose a layer or a result that was.</source>
        <translation>请选择一个画出来的图层或结果。</translation>
    </message>
    <message>
        <source>Choose a layer that has pixels.</source>
        <translation>请选择有像素的图层。</translation>
    </message>
    <message>
        <source>Choose a layer with something painted on it.</source>
        <translation>请选一个画了内容的图层。</translation>
    </message>
    <message>
        <source>Choose a model, and the mode AnimateDiff for the animation.</source>
        <translation>请选择模型，并为动画选择 AnimateDiff 模式。</translation>
    </message>
    <message>
        <source>Choose a model.</source>
        <translation>请选择模型。</translation>
    </message>
    <message>
        <source>Choose a network that enlarges less, or Lanczos.</source>
        <translation>请选择放大倍数较小的网络，或 Lanczos。</translation>
    </message>
    <message>
        <source>Choose a picture that stands on a plain ground.</source>
        <translation>请选择背景为纯色的图片。</translation>
    </message>
    <message>
        <source>Choose a reference for the whole picture, or another model.</source>
        <translation>请选择参考整张图片，或选择其他模型。</translation>
    </message>
    <message>
        <source>Choose a repository in the diffusers layout, or download its .safetensors file by hand.</source>
        <translation>请选择 diffusers 结构的仓库，或手动下载其 .safetensors 文件。</translation>
    </message>
    <message>
        <source>Choose a smaller factor: {max_pixels} million pixels are the most.</source>
        <translation>请选择更小的倍数：最多 {max_pixels} 百万像素。</translation>
    </message>
    <message>
        <source>Choose a smaller picture or close other programs.</source>
        <translation>请选择更小的图片，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Choose a smaller size or fewer pictures, close other programs, or choose a smaller model.</source>
        <translation>请选择更小的尺寸或更少的图片，关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Choose a start and a later end from 0 to 1.</source>
        <translation>请选择 0 到 1 之间的开始和更晚的结束。</translation>
    </message>
    <message>
        <source>Choose another IP-Adapter or another model, or switch the reference off.</source>
        <translation>请选择其他 IP-Adapter 或其他模型，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Choose another engine.</source>
        <translation>请选择别的引擎。</translation>
    </message>
    <message>
        <source>Choose another file, or a backup of this one.</source>
        <translation>请选择别的文件，或它的备份。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择别的文件。</translation>
    </message>
    <message>
        <source>Choose another film, an animated GIF, WebP or PNG, or a folder of frames.</source>
        <translation>请选择别的影片、GIF、WebP 或 PNG 动画，或帧文件夹。</translation>
    </message>
    <message>
        <source>Choose another film.</source>
        <translation>请选择别的影片。</translation>
    </message>
    <message>
        <source>Choose another folder, or change its permissions.</source>
        <translation>请选择别的文件夹，或更改其权限。</translation>
    </message>
    <message>
        <source>Choose another folder, or empty this one.</source>
        <translation>请选择别的文件夹，或清空这个。</translation>
    </message>
    <message>
        <source>Choose another format, or make the picture smaller.</source>
        <translation>请选择其他格式，或缩小图片。</translation>
    </message>
    <message>
        <source>Choose another format, such as WebP or GIF, or install PyAV from its wheels (pip install av).</source>
        <translation>请选择别的格式，例如 WebP 或 GIF，或从 wheel 安装 PyAV（pip install av）。</translation>
    </message>
    <message>
        <source>Choose another model, or download it again.</source>
        <translation>请选择别的模型，或重新下载。</translation>
    </message>
    <message>
        <source>Choose another model, or put it back.</source>
        <translation>请选择别的模型，或把它放回去。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请选择别的模型。</translation>
    </message>
    <message>
        <source>Choose another name or another folder.</source>
        <translation>请选择别的名称或别的文件夹。</translation>
    </message>
    <message>
        <source>Choose another number of steps or another scheduler.</source>
        <translation>请选择别的步数或别的采样器。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择别的。</translation>
    </message>
    <message>
        <source>Choose another parameter.</source>
        <translation>请选择另一个参数。</translation>
    </message>
    <message>
        <source>Choose another picture or another preset.</source>
        <translation>请选择另一张图片或另一个预设。</translation>
    </message>
    <message>
        <source>Choose another repository.</source>
        <translation>请选择别的仓库。</translation>
    </message>
    <message>
        <source>Choose another upscaler.</source>
        <translation>请选择其他放大器。</translation>
    </message>
    <message>
        <source>Choose another value.</source>
        <translation>请选择别的值。</translation>
    </message>
    <message>
        <source>Choose another version.</source>
        <translation>请选择别的版本。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请选择别的。</translation>
    </message>
    <message>
        <source>Choose auto or one of: {known}.</source>
        <translation>请选择 auto 或以下之一：{known}。</translation>
    </message>
    <message>
        <source>Choose from 0 to {max_strength:g}.</source>
        <translation>请选择 0 到 {max_strength:g}。</translation>
    </message>
    <message>
        <source>Choose from 1 to {max_hold}.</source>
        <translation>请选择 1 到 {max_hold}。</translation>
    </message>
    <message>
        <source>Choose from {min_fps:g} to {max_fps:g}.</source>
        <translation>请选择 {min_fps:g} 到 {max_fps:g}。</translation>
    </message>
    <message>
        <source>Choose one for the columns.</source>
        <translation>请为列选择一个。</translation>
    </message>
    <message>
        <source>Choose one from 0 to {max_radius}.</source>
        <translation>请选择 0 到 {max_radius}。</translation>
    </message>
    <message>
        <source>Choose one from 1 to {largest_factor:g}.</source>
        <translation>请选择 1 到 {largest_factor:g}。</translation>
    </message>
    <message>
        <source>Choose one of at most {most} pixels a side.</source>
        <translation>请选择边长不超过 {most} 像素的图片。</translation>
    </message>
    <message>
        <source>Choose one of {known}.</source>
        <translation>请选择 {known} 之一。</translation>
    </message>
    <message>
        <source>Choose one of: {known}, or auto.</source>
        <translation>请选择以下之一：{known}，或 auto。</translation>
    </message>
    <message>
        <source>Choose one that has them: the other kinds can run code when they are opened.</source>
        <translation>请选择有的仓库：其他格式在打开时可能运行代码。</translation>
    </message>
    <message>
        <source>Choose sides from 1 to {max_side} pixels.</source>
        <translation>边长请选择 1 到 {max_side} 像素。</translation>
    </message>
    <message>
        <source>Choose sides from 1 to {most} pixels.</source>
        <translation>请选择 1 到 {most} 像素的边长。</translation>
    </message>
    <message>
        <source>Choose sides up to {max_side}.</source>
        <translation>边长请不超过 {max_side}。</translation>
    </message>
    <message>
        <source>Choose tiles of {smallest_tile} pixels or more, and an overlap of at most half of that.</source>
        <translation>请选择 {smallest_tile} 像素以上的分块，重叠最多为其一半。</translation>
    </message>
    <message>
        <source>Chroma1 HD</source>
        <translation>Chroma1 HD</translation>
    </message>
    <message>
        <source>Civitai names no file that could be downloaded there.</source>
        <translation>Civitai 没有给出那里可以下载的文件。</translation>
    </message>
    <message>
        <source>Civitai names no version of that model.</source>
        <translation>Civitai 没有给出这个模型的任何版本。</translation>
    </message>
    <message>
        <source>Civitai&apos;s answer cannot be read.</source>
        <translation>无法读取 Civitai 的答复。</translation>
    </message>
    <message>
        <source>Click a paint layer in the Layers panel.</source>
        <translation>请在图层面板中点击一个绘画图层。</translation>
    </message>
    <message>
        <source>Click one in the strip below the picture.</source>
        <translation>请在画面下方的结果条中单击一个。</translation>
    </message>
    <message>
        <source>Clip a layer inside the frame.</source>
        <translation>请剪贴帧内的图层。</translation>
    </message>
    <message>
        <source>Close it.</source>
        <translation>请补上引号。</translation>
    </message>
    <message>
        <source>Close it. Pictures that are drawn meanwhile come into the gallery later.</source>
        <translation>请关闭它。在此期间画出的图片稍后会进入图库。</translation>
    </message>
    <message>
        <source>Close other programs, and try again.</source>
        <translation>请关闭其他程序，然后重试。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>Close other programs, or choose the CPU.</source>
        <translation>请关闭其他程序，或选择 CPU。</translation>
    </message>
    <message>
        <source>Close other programs, or scale the picture down in the program that wrote it.</source>
        <translation>请关闭其他程序，或在写出它的程序中缩小图片。</translation>
    </message>
    <message>
        <source>Colours converted to sRGB.</source>
        <translation>颜色已转换为 sRGB。</translation>
    </message>
    <message>
        <source>Compact upscaler</source>
        <translation>紧凑放大模型</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>Control layer {number} in the file could not be read and was left out.</source>
        <translation>文件中的第 {number} 个控制图层无法读取，已略去。</translation>
    </message>
    <message>
        <source>Control layers and regions are not kept.</source>
        <translation>控制图层和区域不会保留。</translation>
    </message>
    <message>
        <source>Control network for XL, all kinds</source>
        <translation>XL 的控制网络，各种类型</translation>
    </message>
    <message>
        <source>Control network for Z-Image, all kinds</source>
        <translation>Z-Image 控制网络，全部种类</translation>
    </message>
    <message>
        <source>Control network for canny edges</source>
        <translation>Canny 边缘控制网络</translation>
    </message>
    <message>
        <source>Control network for depth</source>
        <translation>深度控制网络</translation>
    </message>
    <message>
        <source>Control network for line art</source>
        <translation>线稿控制网络</translation>
    </message>
    <message>
        <source>Control network for poses</source>
        <translation>姿势控制网络</translation>
    </message>
    <message>
        <source>Control network for scribbles</source>
        <translation>涂鸦控制网络</translation>
    </message>
    <message>
        <source>Control network for soft edges</source>
        <translation>柔和边缘控制网络</translation>
    </message>
    <message>
        <source>Control network for tiles</source>
        <translation>分块控制网络</translation>
    </message>
    <message>
        <source>Control-LoRA</source>
        <translation>Control-LoRA</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>ControlNet LLLite</source>
        <translation>ControlNet LLLite</translation>
    </message>
    <message>
        <source>ControlNet Union</source>
        <translation>ControlNet Union</translation>
    </message>
    <message>
        <source>Convert it first.</source>
        <translation>请先转换。</translation>
    </message>
    <message>
        <source>Convert it to H.264 or VP9 first.</source>
        <translation>请先转换为 H.264 或 VP9。</translation>
    </message>
    <message>
        <source>Convert it to RGB in the program that wrote it.</source>
        <translation>请在写出它的程序中转换为 RGB。</translation>
    </message>
    <message>
        <source>Copy or fetch it again.</source>
        <translation>请重新复制或获取。</translation>
    </message>
    <message>
        <source>Correct it, or remove the file.</source>
        <translation>请改正，或移除该文件。</translation>
    </message>
    <message>
        <source>Counterfeit 3</source>
        <translation>Counterfeit 3</translation>
    </message>
    <message>
        <source>CreativeML Open RAIL++-M</source>
        <translation>CreativeML Open RAIL++-M</translation>
    </message>
    <message>
        <source>CreativeML OpenRAIL-M</source>
        <translation>CreativeML OpenRAIL-M</translation>
    </message>
    <message>
        <source>Crop its layers to the canvas, or merge some, in the program that wrote it.</source>
        <translation>请在写出它的程序中把图层裁剪到画布，或合并一些图层。</translation>
    </message>
    <message>
        <source>DMD2, 4 steps, XL</source>
        <translation>DMD2，4 步，XL</translation>
    </message>
    <message>
        <source>Delete it or give it another name first.</source>
        <translation>请先删除它，或给它改名。</translation>
    </message>
    <message>
        <source>Delete it with the file manager; the disk may have no trash, or the file may be in use.</source>
        <translation>请用文件管理器删除；磁盘可能没有回收站，或文件正在使用。</translation>
    </message>
    <message>
        <source>Delete one of the two.</source>
        <translation>请删除其中一个。</translation>
    </message>
    <message>
        <source>Depth Anything 2, small</source>
        <translation>Depth Anything 2，小型</translation>
    </message>
    <message>
        <source>Depth model</source>
        <translation>深度模型</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源忙</translation>
    </message>
    <message>
        <source>Did you mean {near}?</source>
        <translation>您是指 {near} 吗？</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>文件夹不是空的</translation>
    </message>
    <message>
        <source>Do not use this repository.</source>
        <translation>请不要使用这个仓库。</translation>
    </message>
    <message>
        <source>Double-click its mark to set it, paint on its mask, or choose another layer.</source>
        <translation>双击它的图标可进行设置，也可以画在它的蒙版上，或选择其他图层。</translation>
    </message>
    <message>
        <source>Download it again, or remove it.</source>
        <translation>请重新下载，或将其移除。</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>Download it with a browser and put it into the models folder.</source>
        <translation>请用浏览器下载并放入模型文件夹。</translation>
    </message>
    <message>
        <source>Download or copy it again, or choose another model.</source>
        <translation>请重新下载或复制，或选择别的模型。</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>请重新下载或复制。</translation>
    </message>
    <message>
        <source>Download or copy the model again.</source>
        <translation>请重新下载或复制模型。</translation>
    </message>
    <message>
        <source>Download the model again.</source>
        <translation>请重新下载模型。</translation>
    </message>
    <message>
        <source>Download the model again; .safetensors files are needed.</source>
        <translation>请重新下载模型；需要 .safetensors 文件。</translation>
    </message>
    <message>
        <source>Draw a rectangle that covers part of the canvas.</source>
        <translation>请画出覆盖部分画布的框。</translation>
    </message>
    <message>
        <source>Draw them anew (--restart), or give another work folder (--work).</source>
        <translation>请重新绘制（--restart），或给出别的工作文件夹（--work）。</translation>
    </message>
    <message>
        <source>DreamShaper 8</source>
        <translation>DreamShaper 8</translation>
    </message>
    <message>
        <source>DreamShaper 8 Inpainting</source>
        <translation>DreamShaper 8 局部重绘</translation>
    </message>
    <message>
        <source>ESRGAN upscaler</source>
        <translation>ESRGAN 放大模型</translation>
    </message>
    <message>
        <source>EasyNegative</source>
        <translation>EasyNegative</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Enable the plugin that has it, or remove it from the list.</source>
        <translation>请启用提供它的插件，或将它从列表中移除。</translation>
    </message>
    <message>
        <source>End of {layer}</source>
        <translation>{layer} 的终点</translation>
    </message>
    <message>
        <source>Enter your API token of Civitai, if it is from there, or download it with a browser where you are logged in.</source>
        <translation>如果是 Civitai 的，请填入你的 API 令牌，或在已登录的浏览器中下载。</translation>
    </message>
    <message>
        <source>Expected is {expected}.</source>
        <translation>应为：{expected}。</translation>
    </message>
    <message>
        <source>Export it as OpenRaster (.ora) or PNG from the program that wrote it.</source>
        <translation>请在写出它的程序中导出为 OpenRaster（.ora）或 PNG。</translation>
    </message>
    <message>
        <source>Export them as a film or a folder instead, or render fewer frames.</source>
        <translation>请导出为影片或文件夹，或渲染更少的帧。</translation>
    </message>
    <message>
        <source>Fair AI Public License 1.0-SD</source>
        <translation>Fair AI Public License 1.0-SD</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <source>Flux.1 schnell</source>
        <translation>Flux.1 schnell</translation>
    </message>
    <message>
        <source>Flux.2 Klein 4B</source>
        <translation>Flux.2 Klein 4B</translation>
    </message>
    <message>
        <source>Flux.2 Klein 4B, base</source>
        <translation>Flux.2 Klein 4B，基础版</translation>
    </message>
    <message>
        <source>Frame {f:g}: {text}</source>
        <translation>第 {f:g} 帧：{text}</translation>
    </message>
    <message>
        <source>Frame {frame}: {track} cannot be {value:g}.</source>
        <translation>第 {frame} 帧：{track} 不能是 {value:g}。</translation>
    </message>
    <message>
        <source>Frame {index}: {name} cannot be {values:g}.</source>
        <translation>第 {index} 帧：{name} 不能是 {values:g}。</translation>
    </message>
    <message>
        <source>Frames drawn together have one size.</source>
        <translation>一起绘制的帧要有同样的尺寸。</translation>
    </message>
    <message>
        <source>Free some disk space and start again; what is there already is kept.</source>
        <translation>请腾出一些磁盘空间再开始；已有的内容会保留。</translation>
    </message>
    <message>
        <source>Free some disk space, and save your work.</source>
        <translation>请腾出一些磁盘空间，并保存你的作品。</translation>
    </message>
    <message>
        <source>Free some disk space, check that you may write there, and close other windows of Shoreline.</source>
        <translation>请腾出一些磁盘空间，检查写入权限，并关闭 Shoreline 的其他窗口。</translation>
    </message>
    <message>
        <source>Free some disk space, or check that you may write there.</source>
        <translation>请腾出一些磁盘空间，或检查你是否可以写入那里。</translation>
    </message>
    <message>
        <source>Free some disk space, or check that you may write there. Nothing was changed.</source>
        <translation>请腾出一些磁盘空间，或检查你是否可以写入那里。没有任何改动。</translation>
    </message>
    <message>
        <source>Free some disk space, or check that you may write there. Until then they are lost at the end.</source>
        <translation>请腾出一些磁盘空间，或检查你是否可以写入那里。在那之前，它们会在结束时丢失。</translation>
    </message>
    <message>
        <source>Free some disk space, remove an engine that you no longer use, or choose a smaller one.</source>
        <translation>请腾出一些磁盘空间，移除不再使用的引擎，或选择更小的。</translation>
    </message>
    <message>
        <source>Free some disk space.</source>
        <translation>请释放一些磁盘空间。</translation>
    </message>
    <message>
        <source>Free some space and try again: what has arrived is kept.</source>
        <translation>请腾出一些空间再试：已到达的内容会保留。</translation>
    </message>
    <message>
        <source>GGUF, of an unknown family</source>
        <translation>GGUF，系列未知</translation>
    </message>
    <message>
        <source>GGUF, {family}</source>
        <translation>GGUF，{family}</translation>
    </message>
    <message>
        <source>GIF cannot show {fps:g} frames a second.</source>
        <translation>GIF 不能每秒显示 {fps:g} 帧。</translation>
    </message>
    <message>
        <source>Get another.</source>
        <translation>请获取另一个。</translation>
    </message>
    <message>
        <source>Get it again with its own name.</source>
        <translation>请以原名重新获取。</translation>
    </message>
    <message>
        <source>Get it again, or choose another one.</source>
        <translation>请重新获取，或选择另一个。</translation>
    </message>
    <message>
        <source>Get it again, or open a backup.</source>
        <translation>请重新获取，或打开备份。</translation>
    </message>
    <message>
        <source>Get it again.</source>
        <translation>请重新获取。</translation>
    </message>
    <message>
        <source>Get the model as .safetensors, or convert it with a tool that you trust.</source>
        <translation>请获取 .safetensors 格式的模型，或用你信任的工具转换。</translation>
    </message>
    <message>
        <source>Get the model in another format.</source>
        <translation>请获取其他格式的模型。</translation>
    </message>
    <message>
        <source>Get the one for this system.</source>
        <translation>请获取适合这个系统的。</translation>
    </message>
    <message>
        <source>Get {file} of {repository} in the Models window, or switch the reference off.</source>
        <translation>请在“模型”窗口中获取 {repository} 的 {file}，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Get {name} of {repository} in the Models window, or paint the control picture yourself.</source>
        <translation>请在“模型”窗口中获取 {repository} 的 {name}，或自己绘制控制图片。</translation>
    </message>
    <message>
        <source>Give 0 for ever, or a number up to 65535.</source>
        <translation>请给出 0（无限循环）或不超过 65535 的数字。</translation>
    </message>
    <message>
        <source>Give a mask of the job&apos;s own width and height with values from 0 to 1.</source>
        <translation>请给出与任务同宽同高、值在 0 到 1 之间的蒙版。</translation>
    </message>
    <message>
        <source>Give a mask of the same size as the picture.</source>
        <translation>请给出与图片同样尺寸的蒙版。</translation>
    </message>
    <message>
        <source>Give a name of two to {max_name} characters that begins with a letter from a to z.</source>
        <translation>请给出 2 到 {max_name} 个字符、以 a 到 z 的字母开头的名称。</translation>
    </message>
    <message>
        <source>Give a number above 0 and up to {max_rate}.</source>
        <translation>请给出大于 0、不超过 {max_rate} 的数字。</translation>
    </message>
    <message>
        <source>Give a number from 0 to 1.</source>
        <translation>请给出 0 到 1 的数字。</translation>
    </message>
    <message>
        <source>Give a number from 0 to 50.</source>
        <translation>请给出 0 到 50 的数字。</translation>
    </message>
    <message>
        <source>Give a number from 1 to 100.</source>
        <translation>请给出 1 到 100 的数字。</translation>
    </message>
    <message>
        <source>Give a number from 1.</source>
        <translation>请给出 1 以上的数字。</translation>
    </message>
    <message>
        <source>Give a picture or a film as source.</source>
        <translation>请给出图片或影片作为源。</translation>
    </message>
    <message>
        <source>Give a range in 1-{count}.</source>
        <translation>请给出 1-{count} 之间的范围。</translation>
    </message>
    <message>
        <source>Give a size that all are brought to.</source>
        <translation>请给出统一的尺寸。</translation>
    </message>
    <message>
        <source>Give a smaller size.</source>
        <translation>请给出更小的尺寸。</translation>
    </message>
    <message>
        <source>Give a whole number from 1.</source>
        <translation>请给出 1 以上的整数。</translation>
    </message>
    <message>
        <source>Give all the same width and height.</source>
        <translation>请给出相同的宽度和高度。</translation>
    </message>
    <message>
        <source>Give an RGB image of the job&apos;s own width and height.</source>
        <translation>请给出与任务同宽同高的 RGB 图像。</translation>
    </message>
    <message>
        <source>Give an address that begins with https.</source>
        <translation>请给出以 https 开头的地址。</translation>
    </message>
    <message>
        <source>Give an fps up to 50, or write WebP.</source>
        <translation>请给出不超过 50 的帧率，或写成 WebP。</translation>
    </message>
    <message>
        <source>Give an overlap of a quarter of it.</source>
        <translation>请把重叠设为它的四分之一。</translation>
    </message>
    <message>
        <source>Give another file to write to.</source>
        <translation>请写入别的文件。</translation>
    </message>
    <message>
        <source>Give another work folder.</source>
        <translation>请给出别的工作文件夹。</translation>
    </message>
    <message>
        <source>Give at least one.</source>
        <translation>请至少给出一个。</translation>
    </message>
    <message>
        <source>Give each an id of its own.</source>
        <translation>请给每个一个自己的 id。</translation>
    </message>
    <message>
        <source>Give fewer than are drawn, uint8 {shape} each.</source>
        <translation>请给出少于要绘制的数量，每个为 uint8 {shape}。</translation>
    </message>
    <message>
        <source>Give it as owner/name, such as stable-diffusion-v1-5/stable-diffusion-v1-5.</source>
        <translation>请写成 owner/name，例如 stable-diffusion-v1-5/stable-diffusion-v1-5。</translation>
    </message>
    <message>
        <source>Give it two or more, or one prompt for all of it.</source>
        <translation>请给出两个或更多区域,或者整幅图只用一个提示词。</translation>
    </message>
    <message>
        <source>Give multiples of {multiple} from {least} to {most}.</source>
        <translation>请给出 {least} 到 {most} 之间 {multiple} 的倍数。</translation>
    </message>
    <message>
        <source>Give numbers from {least} to {most}.</source>
        <translation>请给出 {least} 到 {most} 之间的数。</translation>
    </message>
    <message>
        <source>Give sides of at least 1 pixel.</source>
        <translation>边长请至少为 1 像素。</translation>
    </message>
    <message>
        <source>Give source = &quot;film.mp4&quot; or a folder.</source>
        <translation>请写 source = &quot;film.mp4&quot; 或文件夹。</translation>
    </message>
    <message>
        <source>Give the address of a file that ends with {names}.</source>
        <translation>请给出以 {names} 结尾的文件的地址。</translation>
    </message>
    <message>
        <source>Give the address that its download button has. For some files Civitai wants an API token.</source>
        <translation>请给出其下载按钮的地址。Civitai 的一些文件需要 API 令牌。</translation>
    </message>
    <message>
        <source>Give the image that the mask belongs to.</source>
        <translation>请给出蒙版所属的图像。</translation>
    </message>
    <message>
        <source>Give the keyframes in order, one for a frame.</source>
        <translation>请按顺序给出关键帧，每帧一个。</translation>
    </message>
    <message>
        <source>Give the one that is meant a name of its own.</source>
        <translation>请给所指的图层取一个不重复的名称。</translation>
    </message>
    <message>
        <source>Give whole numbers from {least} to {most}.</source>
        <translation>请给出 {least} 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>Give your plugin another one.</source>
        <translation>请给你的插件另起名称。</translation>
    </message>
    <message>
        <source>Give yours another id.</source>
        <translation>请给你的插件换一个 id。</translation>
    </message>
    <message>
        <source>Give {expected}.</source>
        <translation>请给出：{expected}。</translation>
    </message>
    <message>
        <source>Give {wanted}.</source>
        <translation>请给出{wanted}。</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>H.264 needs even sides, but the frames are {width}x{height}.</source>
        <translation>H.264 需要偶数边长，而帧是 {width}x{height}。</translation>
    </message>
    <message>
        <source>Have it felt in the whole picture, behind the button with the sliders.</source>
        <translation>请在带滑块图标的按钮里设为作用于整幅图片。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Hooks are {names}.</source>
        <translation>可用的钩子有 {names}。</translation>
    </message>
    <message>
        <source>Hyper-SD, 8 steps, Stable Diffusion 1</source>
        <translation>Hyper-SD，8 步，Stable Diffusion 1</translation>
    </message>
    <message>
        <source>Hyper-SD, 8 steps, XL</source>
        <translation>Hyper-SD，8 步，XL</translation>
    </message>
    <message>
        <source>IP-Adapter</source>
        <translation>IP-Adapter</translation>
    </message>
    <message>
        <source>IP-Adapter Plus</source>
        <translation>IP-Adapter Plus</translation>
    </message>
    <message>
        <source>IP-Adapter Plus for XL</source>
        <translation>XL 的 IP-Adapter Plus</translation>
    </message>
    <message>
        <source>IP-Adapter Plus for XL, faces</source>
        <translation>XL 的 IP-Adapter Plus，人脸</translation>
    </message>
    <message>
        <source>IP-Adapter Plus, faces</source>
        <translation>IP-Adapter Plus，人脸</translation>
    </message>
    <message>
        <source>IP-Adapter for XL</source>
        <translation>XL 的 IP-Adapter</translation>
    </message>
    <message>
        <source>Illustrious XL</source>
        <translation>Illustrious XL</translation>
    </message>
    <message>
        <source>Image encoder CLIP ViT-H</source>
        <translation>图像编码器 CLIP ViT-H</translation>
    </message>
    <message>
        <source>Image encoder CLIP ViT-bigG</source>
        <translation>图像编码器 CLIP ViT-bigG</translation>
    </message>
    <message>
        <source>Import torch and diffusers inside the functions that use them.</source>
        <translation>请在使用 torch 和 diffusers 的函数里导入它们。</translation>
    </message>
    <message>
        <source>In a project the first frame is frame = 0.</source>
        <translation>项目中第一帧是 frame = 0。</translation>
    </message>
    <message>
        <source>In the formula {short}, column {column}: {what}.</source>
        <translation>公式 {short} 第 {column} 列：{what}。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>Install Shoreline again.</source>
        <translation>请重新安装 Shoreline。</translation>
    </message>
    <message>
        <source>Install an engine under Preferences &gt; Engine or with `shoreline engine install`, then start Shoreline again.</source>
        <translation>请在“首选项 &gt; 引擎”中或用 `shoreline engine install` 安装引擎，然后重新启动 Shoreline。</translation>
    </message>
    <message>
        <source>Install each from an archive of its own.</source>
        <translation>请分别从各自的压缩包安装。</translation>
    </message>
    <message>
        <source>Install it in the window of plugins, or with `shoreline plugins libraries {plugin}`.</source>
        <translation>请在插件窗口中安装它，或使用 `shoreline plugins libraries {plugin}`。</translation>
    </message>
    <message>
        <source>Install one first.</source>
        <translation>请先安装一个。</translation>
    </message>
    <message>
        <source>Install or enable {need} first.</source>
        <translation>请先安装或启用 {need}。</translation>
    </message>
    <message>
        <source>Install the package again.</source>
        <translation>请重新安装该软件包。</translation>
    </message>
    <message>
        <source>Install the plugin with its libraries: --with-libraries on the command line.</source>
        <translation>请连同它的库一起安装插件：命令行上用 --with-libraries。</translation>
    </message>
    <message>
        <source>Install them in the window of plugins, or with `shoreline plugins libraries {plugin}`.</source>
        <translation>请在插件窗口中安装它们，或使用 `shoreline plugins libraries {plugin}`。</translation>
    </message>
    <message>
        <source>Install {need} first.</source>
        <translation>请先安装 {need}。</translation>
    </message>
    <message>
        <source>Installed are: {known}.</source>
        <translation>已安装的有：{known}。</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>参数无效</translation>
    </message>
    <message>
        <source>Invalid cross-device link</source>
        <translation>不能跨设备链接</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>It adds the {label} twice.</source>
        <translation>它添加了两次 {label}。</translation>
    </message>
    <message>
        <source>It adds the {label}, which the plugin {owner} adds already.</source>
        <translation>它添加 {label}，而插件 {owner} 已经添加了。</translation>
    </message>
    <message>
        <source>It could not be loaded: {reason}</source>
        <translation>它无法加载：{reason}</translation>
    </message>
    <message>
        <source>It hangs while it is loaded: {reason}.</source>
        <translation>它在加载时没有响应：{reason}。</translation>
    </message>
    <message>
        <source>It has the unknown version {version}: what is new in it is missing.</source>
        <translation>它的版本 {version} 未知：其中的新内容缺失。</translation>
    </message>
    <message>
        <source>It implements no hook.</source>
        <translation>它没有实现任何钩子。</translation>
    </message>
    <message>
        <source>It imports torch while it is loaded, which would delay every start by seconds.</source>
        <translation>它在加载时导入 torch，会使每次启动慢上几秒。</translation>
    </message>
    <message>
        <source>It is in its document and in the queue all the same.</source>
        <translation>它仍在其文档和队列中。</translation>
    </message>
    <message>
        <source>It is left alone.</source>
        <translation>不会动它。</translation>
    </message>
    <message>
        <source>It may have been recovered already.</source>
        <translation>它可能已经恢复过了。</translation>
    </message>
    <message>
        <source>It needs a package from {url}.</source>
        <translation>它需要来自 {url} 的软件包。</translation>
    </message>
    <message>
        <source>It needs at least {width}x{height}.</source>
        <translation>至少需要 {width}x{height}。</translation>
    </message>
    <message>
        <source>It needs plugin API {api_version}; this Shoreline offers {offered}.</source>
        <translation>它需要插件 API {api_version}；这个 Shoreline 提供 {offered}。</translation>
    </message>
    <message>
        <source>It needs the plugin {need}, but {found} {version} is installed.</source>
        <translation>它需要插件 {need}，但安装的是 {found} {version}。</translation>
    </message>
    <message>
        <source>It needs the plugin {need}, which is not there or is switched off.</source>
        <translation>它需要插件 {need}，它不存在或已关闭。</translation>
    </message>
    <message>
        <source>It needs {requirement}, but {package} {version} is part of Shoreline or its engine.</source>
        <translation>它需要 {requirement}，但 {package} {version} 属于 Shoreline 或其引擎。</translation>
    </message>
    <message>
        <source>It unpacks to more than can be opened.</source>
        <translation>它解压后超过了可以打开的大小。</translation>
    </message>
    <message>
        <source>It was kept as {place}; open a saved file.</source>
        <translation>它保留为 {place}；请打开保存过的文件。</translation>
    </message>
    <message>
        <source>It was put aside; draw it again.</source>
        <translation>它已被移到一边；请重新生成。</translation>
    </message>
    <message>
        <source>It was switched off. What it was doing may go on until Shoreline is closed.</source>
        <translation>它已被关闭。它正在做的事可能持续到 Shoreline 关闭。</translation>
    </message>
    <message>
        <source>It was written for plugin API {api_version}; this Shoreline offers {offered}.</source>
        <translation>它是为插件 API {api_version} 编写的；这个 Shoreline 提供 {offered}。</translation>
    </message>
    <message>
        <source>It was written for plugin API {version}; this Shoreline offers {api_version}.</source>
        <translation>它是为插件 API {version} 编写的；这个 Shoreline 提供 {api_version}。</translation>
    </message>
    <message>
        <source>Its animation is not read.</source>
        <translation>其中的动画未读取。</translation>
    </message>
    <message>
        <source>Its extra channels are not read.</source>
        <translation>其中的额外通道未读取。</translation>
    </message>
    <message>
        <source>Its layer comps are not read.</source>
        <translation>其中的图层复合未读取。</translation>
    </message>
    <message>
        <source>Its layers are: {names}.</source>
        <translation>其中的图层有：{names}。</translation>
    </message>
    <message>
        <source>Its layers could not be read: this is its flat picture.</source>
        <translation>无法读取它的图层：这是它的合并图像。</translation>
    </message>
    <message>
        <source>Its paths are not read.</source>
        <translation>其中的路径未读取。</translation>
    </message>
    <message>
        <source>Its pictures lie beside it.</source>
        <translation>它的图片就在旁边。</translation>
    </message>
    <message>
        <source>Its settings are still here: use them to draw it again.</source>
        <translation>它的设置还在：可用来再画一次。</translation>
    </message>
    <message>
        <source>Juggernaut XL 9</source>
        <translation>Juggernaut XL 9</translation>
    </message>
    <message>
        <source>Keep it between {low:g} and {high:g}.</source>
        <translation>请保持在 {low:g} 和 {high:g} 之间。</translation>
    </message>
    <message>
        <source>Keep it between {minimum:g} and {maximum:g}.</source>
        <translation>请保持在 {minimum:g} 和 {maximum:g} 之间。</translation>
    </message>
    <message>
        <source>Known are: {known}.</source>
        <translation>已知的有：{known}。</translation>
    </message>
    <message>
        <source>Known are: {listed}.</source>
        <translation>已知的有：{listed}。</translation>
    </message>
    <message>
        <source>Known are: {names} and more.</source>
        <translation>已有：{names} 等。</translation>
    </message>
    <message>
        <source>Known are: {names}.</source>
        <translation>已知的有：{names}。</translation>
    </message>
    <message>
        <source>LCM, Stable Diffusion 1</source>
        <translation>LCM，Stable Diffusion 1</translation>
    </message>
    <message>
        <source>LCM, XL</source>
        <translation>LCM，XL</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Left out of the brush, which here has nothing like it: {names}.</source>
        <translation>画笔中以下内容此处没有对应，已略去：{names}。</translation>
    </message>
    <message>
        <source>Left to right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Let it name a module.</source>
        <translation>请让它指向模块。</translation>
    </message>
    <message>
        <source>Let them be padded to {even} (--pad), or give an even size.</source>
        <translation>请让它们补齐到 {even}（--pad），或给出偶数尺寸。</translation>
    </message>
    <message>
        <source>Lightning, 4 steps, XL</source>
        <translation>Lightning，4 步，XL</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Log in on the hub, accept them on its page, run `hf auth login` or set HF_TOKEN, and try again.</source>
        <translation>请登录 Hugging Face，在其网页上接受条款，运行 `hf auth login` 或设置 HF_TOKEN，然后重试。</translation>
    </message>
    <message>
        <source>Look at it again.</source>
        <translation>请重新查看。</translation>
    </message>
    <message>
        <source>Look at it again: it may have changed.</source>
        <translation>请重新查看：它可能有变化。</translation>
    </message>
    <message>
        <source>Look for the same as .safetensors.</source>
        <translation>请寻找 .safetensors 格式的同一文件。</translation>
    </message>
    <message>
        <source>Look for the same network as a .safetensors file.</source>
        <translation>请寻找同一网络的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>MIT</source>
        <translation>MIT</translation>
    </message>
    <message>
        <source>Make it first, or choose another.</source>
        <translation>请先创建它，或选择别的。</translation>
    </message>
    <message>
        <source>Make it smaller, or save it with fewer bits.</source>
        <translation>请缩小它，或用较少的位数保存。</translation>
    </message>
    <message>
        <source>Make it smaller, or transform fewer layers at a time.</source>
        <translation>请缩小一些，或一次变换较少的图层。</translation>
    </message>
    <message>
        <source>Make it smaller: at most {side} pixels a side and {area} million in all.</source>
        <translation>请缩小一些：每边最多 {side} 像素，总共最多 {area} 百万像素。</translation>
    </message>
    <message>
        <source>Make one with Animation &gt; Make Timeline, or choose a film, an animation or a folder of frames.</source>
        <translation>请用“动画 &gt; 制作时间轴”制作一个，或选择影片、动画或帧文件夹。</translation>
    </message>
    <message>
        <source>Make the animation shorter, or give a longer source.</source>
        <translation>请缩短动画，或给出更长的源。</translation>
    </message>
    <message>
        <source>Make the pictures smaller, or put fewer of them on it.</source>
        <translation>请缩小图片，或减少图片数量。</translation>
    </message>
    <message>
        <source>Make the window at most {longest} frames.</source>
        <translation>请把窗口设为最多 {longest} 帧。</translation>
    </message>
    <message>
        <source>Make white what should change.</source>
        <translation>请把要改变的部分涂成白色。</translation>
    </message>
    <message>
        <source>Mark a function with @hookimpl; hooks are {names}.</source>
        <translation>请用 @hookimpl 标记函数；钩子有 {names}。</translation>
    </message>
    <message>
        <source>Mask only what is to stay.</source>
        <translation>请只给要保留的部分盖上蒙版。</translation>
    </message>
    <message>
        <source>Memory ran out while {doing}.</source>
        <translation>{doing}时内存不足。</translation>
    </message>
    <message>
        <source>Memory ran out; the picture was put together of tiles, which may show a little.</source>
        <translation>内存不足；图片由小块拼成，可能略有痕迹。</translation>
    </message>
    <message>
        <source>Memory ran out; the pictures were made in smaller pieces, which is slower.</source>
        <translation>内存不足；图片分成较小的部分生成，速度较慢。</translation>
    </message>
    <message>
        <source>Mend that place.</source>
        <translation>请改正那个地方。</translation>
    </message>
    <message>
        <source>Merge it first.</source>
        <translation>请先合并它。</translation>
    </message>
    <message>
        <source>Merge it into the layer below it first.</source>
        <translation>请先将它与下方图层合并。</translation>
    </message>
    <message>
        <source>Merge some layers, or crop them to the canvas.</source>
        <translation>请合并一些图层，或裁剪到画布。</translation>
    </message>
    <message>
        <source>Merge some layers, or delete hidden ones. The old file was not touched.</source>
        <translation>请合并一些图层，或删除隐藏的图层。原来的文件没有改动。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model that finds people</source>
        <translation>找出人物的模型</translation>
    </message>
    <message>
        <source>Models and data do not belong into a plugin.</source>
        <translation>模型和数据不应放在插件中。</translation>
    </message>
    <message>
        <source>Motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>Move it away, or give your plugin another id.</source>
        <translation>请把它移开，或给你的插件换一个 id。</translation>
    </message>
    <message>
        <source>Move it to the canvas, or delete it.</source>
        <translation>请把它移到画布上，或删除它。</translation>
    </message>
    <message>
        <source>Move it to the canvas.</source>
        <translation>请把它移到画布上。</translation>
    </message>
    <message>
        <source>Move the keyframe, or make the animation longer.</source>
        <translation>请移动这个关键帧，或加长动画。</translation>
    </message>
    <message>
        <source>Move them so that a part of it stays inside.</source>
        <translation>请移动它们，使画面有一部分留在里面。</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>No colour is in the palette {text!r}.</source>
        <translation>调色板 {text!r} 中没有颜色。</translation>
    </message>
    <message>
        <source>No grid of pixels was found.</source>
        <translation>没有找到像素网格。</translation>
    </message>
    <message>
        <source>No layer is visible.</source>
        <translation>没有可见的图层。</translation>
    </message>
    <message>
        <source>No part of the canvas is empty.</source>
        <translation>画布上没有空白的部分。</translation>
    </message>
    <message>
        <source>No result is looked at.</source>
        <translation>没有正在查看的结果。</translation>
    </message>
    <message>
        <source>No sampler was found in its ComfyUI workflow.</source>
        <translation>在它的 ComfyUI 工作流中没有找到采样器。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>没有这个设备</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>没有这个设备或地址</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>No tiling</source>
        <translation>不平铺</translation>
    </message>
    <message>
        <source>NomosUniDAT, 4 times</source>
        <translation>NomosUniDAT，4 倍</translation>
    </message>
    <message>
        <source>NomosWebPhoto, 4 times</source>
        <translation>NomosWebPhoto，4 倍</translation>
    </message>
    <message>
        <source>None of its layers could be read: this is the flat picture in it.</source>
        <translation>它的图层都无法读取：这是其中的合并图像。</translation>
    </message>
    <message>
        <source>None of the motion adapters ({names}) fits {model}.</source>
        <translation>运动适配器（{names}）都不适合 {model}。</translation>
    </message>
    <message>
        <source>NoobAI XL, v-prediction</source>
        <translation>NoobAI XL，v 预测</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Not all that the plugin {plugin_id} needs can be had as wheels for this system: {gist}</source>
        <translation>插件 {plugin_id} 所需的并非都有适合这个系统的 wheel：{gist}</translation>
    </message>
    <message>
        <source>Not drawn</source>
        <translation>未绘制</translation>
    </message>
    <message>
        <source>Nothing but transparency is here.</source>
        <translation>这里全是透明的。</translation>
    </message>
    <message>
        <source>Nothing here makes what {guide} needs of a picture.</source>
        <translation>这里没有工具能由图片生成“{guide}”所需的内容。</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>没有选中任何部分。</translation>
    </message>
    <message>
        <source>Nothing was changed. Ask its author for a version that does.</source>
        <translation>没有任何改动。请向其作者索取可以共存的版本。</translation>
    </message>
    <message>
        <source>Nothing was selected before.</source>
        <translation>之前没有选过。</translation>
    </message>
    <message>
        <source>Nothing would be selected by {name}.</source>
        <translation>用 {name} 选不中任何部分。</translation>
    </message>
    <message>
        <source>OmniSR upscaler</source>
        <translation>OmniSR 放大模型</translation>
    </message>
    <message>
        <source>OmniSR, 2 times</source>
        <translation>OmniSR，2 倍</translation>
    </message>
    <message>
        <source>Only packages of the package index are installed; ask its author.</source>
        <translation>只安装软件包索引中的软件包；请询问其作者。</translation>
    </message>
    <message>
        <source>Only the first {count} colours were read.</source>
        <translation>只读取了前 {count} 种颜色。</translation>
    </message>
    <message>
        <source>Open a file that you trust.</source>
        <translation>请打开你信任的文件。</translation>
    </message>
    <message>
        <source>Open a page in the browser and log in to the network, or check HF_ENDPOINT and the proxy; then start again.</source>
        <translation>请在浏览器中打开网页并登录网络，或检查 HF_ENDPOINT 和代理；然后重新开始。</translation>
    </message>
    <message>
        <source>Open it with that one. It is left as it is, and pictures are not kept in it meanwhile.</source>
        <translation>请用那个版本打开。图库保持原样，在此期间不会保留图片。</translation>
    </message>
    <message>
        <source>Open the picture in the version that made it, or add an adjustment layer of your own.</source>
        <translation>请在制作它的版本中打开图片，或自己添加一个调整图层。</translation>
    </message>
    <message>
        <source>OpenRAIL</source>
        <translation>OpenRAIL</translation>
    </message>
    <message>
        <source>OpenRAIL++</source>
        <translation>OpenRAIL++</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Other packages are installed with pip; Shoreline does not run it.</source>
        <translation>其他软件包用 pip 安装；Shoreline 不运行它。</translation>
    </message>
    <message>
        <source>PLKSR upscaler</source>
        <translation>PLKSR 放大模型</translation>
    </message>
    <message>
        <source>Paint one with the mask brush, or select a part of the picture.</source>
        <translation>请用蒙版画笔涂抹，或选中图片的一部分。</translation>
    </message>
    <message>
        <source>Paint one with the mask brush.</source>
        <translation>请用蒙版画笔绘制。</translation>
    </message>
    <message>
        <source>Paint over what should change with the mask brush first.</source>
        <translation>请先用蒙版画笔涂抹要改变的部分。</translation>
    </message>
    <message>
        <source>Paint something, or choose another layer.</source>
        <translation>画点什么，或选择另一个图层。</translation>
    </message>
    <message>
        <source>Paint the tip of the brush first.</source>
        <translation>请先画出笔尖。</translation>
    </message>
    <message>
        <source>Paint where the picture should change.</source>
        <translation>请绘制图片要改变的部分。</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>底色</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>PhotoMaker</source>
        <translation>PhotoMaker</translation>
    </message>
    <message>
        <source>Photoshop does not blend with the gamma {gamma:g} of this picture: its layers look different there, the flat picture in the file does not.</source>
        <translation>Photoshop 不按此图片的伽马值 {gamma:g} 混合：图层在那里看起来会不同，文件中合并后的图片不受影响。</translation>
    </message>
    <message>
        <source>Picture encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>Pictures are decoded in tiles, which may show a little.</source>
        <translation>图片分块解码，可能略微看得出来。</translation>
    </message>
    <message>
        <source>Pose model</source>
        <translation>姿势模型</translation>
    </message>
    <message>
        <source>Presets of the pixel brush can be read.</source>
        <translation>可以读取像素画笔的预设。</translation>
    </message>
    <message>
        <source>Preview decoder</source>
        <translation>预览解码器</translation>
    </message>
    <message>
        <source>Preview encoder</source>
        <translation>预览编码器</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Prompt of region {layer}</source>
        <translation>区域 {layer} 的提示词</translation>
    </message>
    <message>
        <source>Prompt: search and replace</source>
        <translation>提示词：查找替换</translation>
    </message>
    <message>
        <source>Prompt: words added</source>
        <translation>提示词：追加词语</translation>
    </message>
    <message>
        <source>Pull them apart so that no corner points inwards.</source>
        <translation>请把角拉开，不要有角向内凹。</translation>
    </message>
    <message>
        <source>Put @hookimpl above it, and nothing else.</source>
        <translation>请在上面写 @hookimpl，不要别的。</translation>
    </message>
    <message>
        <source>Put @hookimpl above it.</source>
        <translation>请在上面写 @hookimpl。</translation>
    </message>
    <message>
        <source>Put a diffusers model folder or a .safetensors checkpoint here.</source>
        <translation>请在这里放 diffusers 模型文件夹或 .safetensors 检查点。</translation>
    </message>
    <message>
        <source>Put a model into it, or remove it.</source>
        <translation>请放入模型，或移除它。</translation>
    </message>
    <message>
        <source>Put a whole {family} checkpoint beside it, or a file with the {names}.</source>
        <translation>请在旁边放一个完整的 {family} 检查点，或含有{names}的文件。</translation>
    </message>
    <message>
        <source>Put checkpoints or model folders here.</source>
        <translation>请在这里放检查点或模型文件夹。</translation>
    </message>
    <message>
        <source>Put it back, or remove the link.</source>
        <translation>请放回原物，或移除这个链接。</translation>
    </message>
    <message>
        <source>Put it into the models folders, or switch the reference off.</source>
        <translation>请将它放入模型文件夹，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Put it there by hand.</source>
        <translation>请手动放到那里。</translation>
    </message>
    <message>
        <source>Put one that was made for this model there, or switch the reference off.</source>
        <translation>请放入为此模型制作的 IP-Adapter，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Put the file itself there.</source>
        <translation>请放入文件本身。</translation>
    </message>
    <message>
        <source>Put the file there, choose another, or switch the reference off.</source>
        <translation>请放入该文件，选择其他文件，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Put the files there, or take them out of the list.</source>
        <translation>请把文件放到那里，或从列表中去掉。</translation>
    </message>
    <message>
        <source>Put the folder of one there, or paint the control picture yourself.</source>
        <translation>请放入这样的模型文件夹，或自己绘制控制图片。</translation>
    </message>
    <message>
        <source>Put them there and try again. {how_to_fill}</source>
        <translation>请放到那里再试。{how_to_fill}</translation>
    </message>
    <message>
        <source>RT-DETR, 50 layers</source>
        <translation>RT-DETR，50 层</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>Real-ESRGAN for drawings, 4 times</source>
        <translation>Real-ESRGAN 绘画版，4 倍</translation>
    </message>
    <message>
        <source>Real-ESRGAN upscaler</source>
        <translation>Real-ESRGAN 放大模型</translation>
    </message>
    <message>
        <source>Real-ESRGAN, 4 times</source>
        <translation>Real-ESRGAN，4 倍</translation>
    </message>
    <message>
        <source>RealVisXL 5</source>
        <translation>RealVisXL 5</translation>
    </message>
    <message>
        <source>Region {number} in the file could not be read and was left out.</source>
        <translation>文件中的区域 {number} 无法读取,已略过。</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Regions with LoRAs of their own are slow: each step was drawn {count} times, once a set.</source>
        <translation>带有自己 LoRA 的区域较慢:每一步绘制了 {count} 次,每组 LoRA 一次。</translation>
    </message>
    <message>
        <source>Reinstall Shoreline, or put uv on the path (`pip install uv`).</source>
        <translation>请重新安装 Shoreline，或把 uv 放到路径中（`pip install uv`）。</translation>
    </message>
    <message>
        <source>Remove it first, or replace it: --replace on the command line.</source>
        <translation>请先移除它，或替换它：命令行上用 --replace。</translation>
    </message>
    <message>
        <source>Remove it from the models folder.</source>
        <translation>请把它移出模型文件夹。</translation>
    </message>
    <message>
        <source>Remove one first.</source>
        <translation>请先移除一个。</translation>
    </message>
    <message>
        <source>Remove some.</source>
        <translation>请移除一些。</translation>
    </message>
    <message>
        <source>Rename it, and pack the plugin again.</source>
        <translation>请改名，再重新打包插件。</translation>
    </message>
    <message>
        <source>Rename that file or folder.</source>
        <translation>请给那个文件或文件夹改名。</translation>
    </message>
    <message>
        <source>Repair it under Preferences &gt; Engine or with `shoreline engine repair`, or go back to the one before.</source>
        <translation>请在“首选项 &gt; 引擎”中或用 `shoreline engine repair` 修复，或退回到之前的引擎。</translation>
    </message>
    <message>
        <source>Reset it, or copy it again from where it came.</source>
        <translation>请重置它，或从原处重新复制。</translation>
    </message>
    <message>
        <source>Run Shoreline from a checkout with PyTorch installed by hand.</source>
        <translation>请从源代码运行 Shoreline，并手动安装 PyTorch。</translation>
    </message>
    <message>
        <source>SPAN upscaler</source>
        <translation>SPAN 放大模型</translation>
    </message>
    <message>
        <source>Save it anew in the program that wrote it, as an older version or as PNG.</source>
        <translation>请在写入它的程序中重新保存，使用较旧的版本或 PNG。</translation>
    </message>
    <message>
        <source>Save it as PNG.</source>
        <translation>请保存为 PNG。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请保存为 UTF-8。</translation>
    </message>
    <message>
        <source>Save it with 8 or 16 bits a channel, in grey or RGB.</source>
        <translation>请以每通道 8 位或 16 位、灰度或 RGB 保存。</translation>
    </message>
    <message>
        <source>Save it with MyPaint 1.1 or newer.</source>
        <translation>请用 MyPaint 1.1 或更新版本保存。</translation>
    </message>
    <message>
        <source>Save it without compression.</source>
        <translation>请不压缩保存。</translation>
    </message>
    <message>
        <source>Save to another folder or disk.</source>
        <translation>请保存到别的文件夹或磁盘。</translation>
    </message>
    <message>
        <source>Scale it down to at most {max_pixels} million pixels.</source>
        <translation>请缩小到最多 {max_pixels} 百万像素。</translation>
    </message>
    <message>
        <source>Scale it down to sides of at most {max_side} and {max_pixels} million pixels.</source>
        <translation>请缩小到边长最多 {max_side}、总共最多 {max_pixels} 百万像素。</translation>
    </message>
    <message>
        <source>Scale it to 0..1.</source>
        <translation>请缩放到 0..1。</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>See the help page about plugins.</source>
        <translation>请看关于插件的帮助页。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Segmentation model</source>
        <translation>分割模型</translation>
    </message>
    <message>
        <source>Select a layer with something painted on it.</source>
        <translation>请选择画有内容的图层。</translation>
    </message>
    <message>
        <source>Select a part of it, or crop it to the canvas.</source>
        <translation>选中其中一部分，或把它裁剪到画布大小。</translation>
    </message>
    <message>
        <source>Select a part of the picture first.</source>
        <translation>请先选中图片的一部分。</translation>
    </message>
    <message>
        <source>Select a part of the picture.</source>
        <translation>请选中图片的一部分。</translation>
    </message>
    <message>
        <source>Set the cell size: how many pixels wide a cell of the art is.</source>
        <translation>请设置单元大小：像素画的一个单元有多少像素宽。</translation>
    </message>
    <message>
        <source>Set the precision to float32, lower the guidance scale, or choose another scheduler.</source>
        <translation>请把精度设为 float32、降低引导强度，或选择别的采样器。</translation>
    </message>
    <message>
        <source>Shoreline animates Stable Diffusion 1 and 2 with adapters, not {family}.</source>
        <translation>Shoreline 用适配器为 Stable Diffusion 1 和 2 制作动画，不能用于 {family}。</translation>
    </message>
    <message>
        <source>Shoreline opens sides of at most {max_side} pixels; scale it down in the program that wrote it.</source>
        <translation>Shoreline 能打开的边长最多为 {max_side} 像素；请在写出它的程序中缩小。</translation>
    </message>
    <message>
        <source>Shoreline reads files up to {max_file_bytes}.</source>
        <translation>Shoreline 最多读取 {max_file_bytes} 的文件。</translation>
    </message>
    <message>
        <source>Shoreline&apos;s settings in it are damaged.</source>
        <translation>其中 Shoreline 的设置已损坏。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短它。</translation>
    </message>
    <message>
        <source>Show it first.</source>
        <translation>请先显示它。</translation>
    </message>
    <message>
        <source>Show those that are to be merged.</source>
        <translation>请显示要合并的图层。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Something failed while {doing}: {reason}</source>
        <translation>{doing}时出错：{reason}</translation>
    </message>
    <message>
        <source>Something wanted to end the program ({kind}).</source>
        <translation>有东西想结束程序（{kind}）。</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5</source>
        <translation>Stable Diffusion 1.5</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5 Inpainting</source>
        <translation>Stable Diffusion 1.5 局部重绘</translation>
    </message>
    <message>
        <source>Stable Diffusion XL</source>
        <translation>Stable Diffusion XL</translation>
    </message>
    <message>
        <source>Stable Diffusion XL Inpainting</source>
        <translation>Stable Diffusion XL 局部重绘</translation>
    </message>
    <message>
        <source>Start Shoreline again. If that does not help, repair the engine under Preferences &gt; Engine or with `shoreline engine repair`, or go back to the one before.</source>
        <translation>请重新启动 Shoreline。如果没有用，请在“首选项 &gt; 引擎”中或用 `shoreline engine repair` 修复引擎，或退回到之前的引擎。</translation>
    </message>
    <message>
        <source>Start the download again.</source>
        <translation>请重新开始下载。</translation>
    </message>
    <message>
        <source>Start the download again; it goes on from there.</source>
        <translation>请重新开始下载；它会从中断处继续。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strength of {layer}</source>
        <translation>{layer} 的强度</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Supported are {names}.</source>
        <translation>支持的有 {names}。</translation>
    </message>
    <message>
        <source>Switch control layers and references off, close other programs, or choose a smaller model.</source>
        <translation>关闭控制图层和参考图，关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>Switch it off, or ask its author.</source>
        <translation>请将它关闭，或询问其作者。</translation>
    </message>
    <message>
        <source>Switch its plugin on in Plugins.</source>
        <translation>请在“插件”中启用它的插件。</translation>
    </message>
    <message>
        <source>Switch one of the two off, or give it another id.</source>
        <translation>请关闭其中一个，或给它换一个 id。</translation>
    </message>
    <message>
        <source>T2I-Adapter</source>
        <translation>T2I-Adapter</translation>
    </message>
    <message>
        <source>T5 text encoder</source>
        <translation>T5 文本编码器</translation>
    </message>
    <message>
        <source>T5-XXL text encoder</source>
        <translation>T5-XXL 文本编码器</translation>
    </message>
    <message>
        <source>TAEF1</source>
        <translation>TAEF1</translation>
    </message>
    <message>
        <source>TAESD</source>
        <translation>TAESD</translation>
    </message>
    <message>
        <source>TAESDXL</source>
        <translation>TAESDXL</translation>
    </message>
    <message>
        <source>Take fewer values or smaller pictures: {most} million pixels are the most, and {side} for a side.</source>
        <translation>请减少取值或缩小图片：总共最多 {most} 百万像素，每边最多 {side}。</translation>
    </message>
    <message>
        <source>Take fewer values: {most} pictures are the most.</source>
        <translation>请减少取值：最多 {most} 张图。</translation>
    </message>
    <message>
        <source>Take fewer, or larger steps.</source>
        <translation>请减少一些，或加大步长。</translation>
    </message>
    <message>
        <source>Take from 1 to 200.</source>
        <translation>请取 1 到 200 个。</translation>
    </message>
    <message>
        <source>Take it out of the list; it was made for another model, or in a way that is not known.</source>
        <translation>请从列表中去掉；它是为别的模型制作的，或者采用了未知的方式。</translation>
    </message>
    <message>
        <source>Take it out of the prompt or the list, or choose a model of its family.</source>
        <translation>请从提示词或列表中去掉，或选择同系列的模型。</translation>
    </message>
    <message>
        <source>Take it out of the prompt.</source>
        <translation>请从提示词中去掉。</translation>
    </message>
    <message>
        <source>Take the innermost layers out of some of their groups.</source>
        <translation>请把最里面的图层移出一些组。</translation>
    </message>
    <message>
        <source>Text encoder CLIP-L</source>
        <translation>文本编码器 CLIP-L</translation>
    </message>
    <message>
        <source>Text encoder Qwen3-4B</source>
        <translation>文本编码器 Qwen3-4B</translation>
    </message>
    <message>
        <source>Text encoder T5-XXL</source>
        <translation>文本编码器 T5-XXL</translation>
    </message>
    <message>
        <source>Text encoder and language model</source>
        <translation>文本编码器和语言模型</translation>
    </message>
    <message>
        <source>That disk can only be read: choose another folder.</source>
        <translation>那个磁盘是只读的：请选择别的文件夹。</translation>
    </message>
    <message>
        <source>That folder does not exist: choose another one.</source>
        <translation>那个文件夹不存在：请选择别的。</translation>
    </message>
    <message>
        <source>That is a folder: choose a file name inside it.</source>
        <translation>那是文件夹：请选择其中的文件名。</translation>
    </message>
    <message>
        <source>That is not a folder: choose another one.</source>
        <translation>那不是文件夹：请选择别的。</translation>
    </message>
    <message>
        <source>The IP-Adapter {network} of the reference {guide} is not in the models folders.</source>
        <translation>参考图“{guide}”的 IP-Adapter {network} 不在模型文件夹中。</translation>
    </message>
    <message>
        <source>The LoRA {lora} is for {made_for}, but {model} is {family}.</source>
        <translation>LoRA {lora} 用于 {made_for}，而 {model} 是 {family}。</translation>
    </message>
    <message>
        <source>The LoRA {name} is not in the models folders, so it was left out.</source>
        <translation>模型文件夹中没有 LoRA {name}，因此略去了它。</translation>
    </message>
    <message>
        <source>The Python package {name} is missing.</source>
        <translation>缺少 Python 包 {name}。</translation>
    </message>
    <message>
        <source>The Python packages {names} are missing.</source>
        <translation>缺少 Python 包 {names}。</translation>
    </message>
    <message>
        <source>The SQLite of this Python has no full-text search (FTS5), which the gallery needs.</source>
        <translation>此 Python 的 SQLite 没有图库所需的全文搜索（FTS5）。</translation>
    </message>
    <message>
        <source>The VAE of {model} returned numbers that are no picture.</source>
        <translation>{model} 的 VAE 返回的数字不成图像。</translation>
    </message>
    <message>
        <source>The VAE {vae}, which was set for {file}, cannot be used: {reason}</source>
        <translation>为 {file} 设置的 VAE {vae} 不能使用：{reason}</translation>
    </message>
    <message>
        <source>The VAE {vae}, which was set for {file}, is not there.</source>
        <translation>为 {file} 设置的 VAE {vae} 不存在。</translation>
    </message>
    <message>
        <source>The action {action} of the panel {spec} needs a name and a function to run.</source>
        <translation>面板 {spec} 的动作 {action} 需要名称和要运行的函数。</translation>
    </message>
    <message>
        <source>The actions of the panel {spec} must be a tuple of PanelAction, at least one.</source>
        <translation>面板 {spec} 的 actions 必须是 PanelAction 的元组，至少一个。</translation>
    </message>
    <message>
        <source>The active layer was not drawn.</source>
        <translation>当前图层不是画出来的。</translation>
    </message>
    <message>
        <source>The adjustment layer {name!r} is of a newer version or damaged: it is kept as it is and changes nothing.</source>
        <translation>调整图层 {name!r} 来自较新的版本或已损坏：它会原样保留，但不起任何作用。</translation>
    </message>
    <message>
        <source>The amount of {name} cannot be {amount}.</source>
        <translation>{name} 的量不能是 {amount}。</translation>
    </message>
    <message>
        <source>The blend mode of {name!r} is not supported: it is shown as normal.</source>
        <translation>不支持 {name!r} 的混合模式：按正常模式显示。</translation>
    </message>
    <message>
        <source>The blend mode {operator!r} is not supported: {name!r} is shown as normal.</source>
        <translation>不支持混合模式 {operator!r}：{name!r} 按正常模式显示。</translation>
    </message>
    <message>
        <source>The blending gamma {gamma} cannot be used; 1.0 is used.</source>
        <translation>混合伽马 {gamma} 无法使用；改用 1.0。</translation>
    </message>
    <message>
        <source>The blending options of {name!r} are not read.</source>
        <translation>{name!r} 的混合选项未读取。</translation>
    </message>
    <message>
        <source>The border is transparent already.</source>
        <translation>边缘已经是透明的。</translation>
    </message>
    <message>
        <source>The canvas of {name} is {width}x{height} pixels.</source>
        <translation>{name} 的画布是 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>The canvas was changed while the picture was enlarged.</source>
        <translation>图片放大期间画布被改变了。</translation>
    </message>
    <message>
        <source>The choices of {parameter} of the {owner} must be a tuple of (value, label) texts.</source>
        <translation>{owner} 的 {parameter} 的选项必须是（值, 标签）文本的元组。</translation>
    </message>
    <message>
        <source>The colour profile could not be used ({reason}); colours may be off.</source>
        <translation>颜色配置文件无法使用（{reason}）；颜色可能有偏差。</translation>
    </message>
    <message>
        <source>The control layer {guide} cannot be kept to a region with {model}.</source>
        <translation>使用 {model} 时，控制图层 {guide} 不能限于一个区域。</translation>
    </message>
    <message>
        <source>The control layer {layer!r} ({kind}) could not be read and was left out.</source>
        <translation>控制图层 {layer!r}（{kind}）无法读取，已略去。</translation>
    </message>
    <message>
        <source>The control layer {name} was left out: it holds nothing where the picture was drawn.</source>
        <translation>控制图层“{name}”被略去：在绘制图片的地方它没有内容。</translation>
    </message>
    <message>
        <source>The control layers in the file could not be read.</source>
        <translation>文件中的控制图层无法读取。</translation>
    </message>
    <message>
        <source>The control layers were left out: frames that are drawn together do not feel them.</source>
        <translation>控制图层被略去：一起绘制的帧不受其影响。</translation>
    </message>
    <message>
        <source>The corners make a folded or flat shape, which no perspective shows.</source>
        <translation>这些角形成了折叠或扁平的形状，任何透视都无法呈现。</translation>
    </message>
    <message>
        <source>The crop rectangle is empty.</source>
        <translation>裁剪框是空的。</translation>
    </message>
    <message>
        <source>The default_strength of the tool {spec} must be from 0 to 1.</source>
        <translation>工具 {spec} 的 default_strength 必须在 0 到 1 之间。</translation>
    </message>
    <message>
        <source>The disk is full: free some space or save to another disk.</source>
        <translation>磁盘已满：请腾出空间，或保存到别的磁盘。</translation>
    </message>
    <message>
        <source>The disk is full: {what} could not be written below {folder}.</source>
        <translation>磁盘已满：{what}不能写入 {folder}。</translation>
    </message>
    <message>
        <source>The disk is too slow for the gallery.</source>
        <translation>磁盘太慢，图库跟不上。</translation>
    </message>
    <message>
        <source>The embedding {file} was made for other text encoders than the model&apos;s.</source>
        <translation>嵌入 {file} 是为别的文本编码器制作的，与这个模型的不同。</translation>
    </message>
    <message>
        <source>The embedding {name} is for {made_for}, but {model} is {family}; it was left out.</source>
        <translation>嵌入 {name} 用于 {made_for}，而 {model} 是 {family}；已略去。</translation>
    </message>
    <message>
        <source>The embedding {name} is not in the models folders and was left out.</source>
        <translation>模型文件夹中没有嵌入 {name}，已略去。</translation>
    </message>
    <message>
        <source>The embedding {name} was left out: {reason}</source>
        <translation>嵌入 {name} 已略去：{reason}</translation>
    </message>
    <message>
        <source>The encoder {encoder} failed: {reason}.</source>
        <translation>编码器 {encoder} 失败：{reason}。</translation>
    </message>
    <message>
        <source>The end of the recovery journal is damaged: the last steps may be missing.</source>
        <translation>恢复日志的末尾已损坏：最后几步可能缺失。</translation>
    </message>
    <message>
        <source>The engine cannot be used: the files of {name} are gone since it was loaded.</source>
        <translation>引擎不能使用：{name} 的文件在加载之后不见了。</translation>
    </message>
    <message>
        <source>The engine cannot be used: {name} does not load ({reason}).</source>
        <translation>引擎不能使用：{name} 无法加载（{reason}）。</translation>
    </message>
    <message>
        <source>The engine cannot be used: {name} was loaded only in part, because it was changed meanwhile or files of it are missing.</source>
        <translation>引擎不能使用：{name} 只加载了一部分，因为它同时被更改了，或者缺少文件。</translation>
    </message>
    <message>
        <source>The engine could not be written below {folder}: {reason}.</source>
        <translation>引擎不能写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The engine in use stays as it was.</source>
        <translation>正在使用的引擎没有变化。</translation>
    </message>
    <message>
        <source>The engine needs about {wanted} below {folder}, where {free} are free.</source>
        <translation>引擎大约需要在 {folder} 占用 {wanted}，那里有 {free} 可用。</translation>
    </message>
    <message>
        <source>The engine {name} is damaged: {libraries} is missing.</source>
        <translation>引擎 {name} 已损坏：缺少 {libraries}。</translation>
    </message>
    <message>
        <source>The engine {name} was made for {python}, this is {python_tag}.</source>
        <translation>引擎 {name} 是为 {python} 制作的，这里是 {python_tag}。</translation>
    </message>
    <message>
        <source>The enlarged picture would have {width}x{height} pixels.</source>
        <translation>放大后的图片会有 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>The entry point {candidate} is not a module.</source>
        <translation>入口点 {candidate} 不是模块。</translation>
    </message>
    <message>
        <source>The family {family!r}: {reason}</source>
        <translation>模型系列 {family!r}：{reason}</translation>
    </message>
    <message>
        <source>The file would be larger than this disk or account allows: save elsewhere.</source>
        <translation>文件会超过这个磁盘或账户允许的大小：请保存到别处。</translation>
    </message>
    <message>
        <source>The file would have {size}; Shoreline opens up to {max_file_bytes}.</source>
        <translation>文件会有 {size}；Shoreline 最多打开 {max_file_bytes}。</translation>
    </message>
    <message>
        <source>The file {file} is gone from the gallery&apos;s folder.</source>
        <translation>文件 {file} 已不在图库的文件夹中。</translation>
    </message>
    <message>
        <source>The file&apos;s flat picture is a hidden layer on top.</source>
        <translation>文件的合并图像是最上面的一个隐藏图层。</translation>
    </message>
    <message>
        <source>The file&apos;s flat picture is shown.</source>
        <translation>显示的是文件的合并图像。</translation>
    </message>
    <message>
        <source>The file_types of the upscaler {spec} must be a tuple of endings like &quot;.safetensors&quot;.</source>
        <translation>放大器 {spec} 的 file_types 必须是 &quot;.safetensors&quot; 这样的后缀的元组。</translation>
    </message>
    <message>
        <source>The fill of {name!r} is shown as opacity, which looks a little different in its blend mode.</source>
        <translation>{name!r} 的填充以不透明度显示，在其混合模式下看起来略有不同。</translation>
    </message>
    <message>
        <source>The filter {spec} needs a model that tells what no model does.</source>
        <translation>滤镜 {spec} 需要的模型并不存在。</translation>
    </message>
    <message>
        <source>The first value is looked for in the prompt; the others take its place.</source>
        <translation>第一个值会在提示词中查找，其余的依次替换它。</translation>
    </message>
    <message>
        <source>The folder of wheels {folder} cannot be read: {reason}.</source>
        <translation>无法读取 wheel 文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} could not be made: {reason}.</source>
        <translation>无法建立文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>The folder {folder} for results could not be made.</source>
        <translation>无法创建存放结果的文件夹 {folder}。</translation>
    </message>
    <message>
        <source>The folder {folder} is empty.</source>
        <translation>文件夹 {folder} 是空的。</translation>
    </message>
    <message>
        <source>The folder {folder} lacks what {who} needs: {names}{more}.{there} {made_for}</source>
        <translation>文件夹 {folder} 缺少{who}所需的：{names}{more}。{there} {made_for}</translation>
    </message>
    <message>
        <source>The formula {short} gives no number at {place} ({reason}).</source>
        <translation>公式 {short} 在 {place} 得不出数字（{reason}）。</translation>
    </message>
    <message>
        <source>The formula {short} is not understood.</source>
        <translation>无法理解公式 {short}。</translation>
    </message>
    <message>
        <source>The frames of the animation are layers there, without their times.</source>
        <translation>动画的帧在那里成为图层，不带时长。</translation>
    </message>
    <message>
        <source>The frames to go on from do not fit.</source>
        <translation>要接续的帧不合适。</translation>
    </message>
    <message>
        <source>The gallery in {folder} cannot be used: {reason}.</source>
        <translation>{folder} 中的图库无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The gallery in {folder} cannot be written or read ({reason}).</source>
        <translation>{folder} 中的图库无法写入或读取（{reason}）。</translation>
    </message>
    <message>
        <source>The gallery in {folder} was made by a newer version of Shoreline.</source>
        <translation>{folder} 中的图库由更新版本的 Shoreline 建立。</translation>
    </message>
    <message>
        <source>The gallery names a picture outside its folder: {file}.</source>
        <translation>图库指向了其文件夹之外的图片：{file}。</translation>
    </message>
    <message>
        <source>The generation mask is not kept.</source>
        <translation>生成蒙版不会保留。</translation>
    </message>
    <message>
        <source>The generation mask was left out: {reason}</source>
        <translation>生成蒙版已略去：{reason}</translation>
    </message>
    <message>
        <source>The generation settings are too long for this format; PNG and OpenRaster keep them.</source>
        <translation>生成设置对这种格式来说太长；PNG 和 OpenRaster 能保留它们。</translation>
    </message>
    <message>
        <source>The generation settings in the file could not be read.</source>
        <translation>文件中的生成设置无法读取。</translation>
    </message>
    <message>
        <source>The graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>The ground at the border has no one colour.</source>
        <translation>边缘的背景不是单一颜色。</translation>
    </message>
    <message>
        <source>The ground of the guide {spec} must be a colour such as #000000.</source>
        <translation>控制项 {spec} 的底色必须是 #000000 这样的颜色。</translation>
    </message>
    <message>
        <source>The guide lines in the file could not be read and were left out.</source>
        <translation>无法读取文件中的参考线，已将其略去。</translation>
    </message>
    <message>
        <source>The guide {spec} is a reference: no control network reads it.</source>
        <translation>控制项 {spec} 是参考图：没有控制网络读取它。</translation>
    </message>
    <message>
        <source>The guide {spec} must be read by a tuple of kinds of networks.</source>
        <translation>控制项 {spec} 必须由网络类型的元组读取。</translation>
    </message>
    <message>
        <source>The guide {spec} must say what of a picture is looked at.</source>
        <translation>控制项 {spec} 必须说明查看图片的什么。</translation>
    </message>
    <message>
        <source>The hints of {parameter} of the {owner} must be one for each choice, or none.</source>
        <translation>{owner} 的 {parameter} 的提示必须每个选项一个，或者没有。</translation>
    </message>
    <message>
        <source>The hub does not allow {repo_id} to be downloaded (error 403).</source>
        <translation>Hugging Face 不允许下载 {repo_id}（错误 403）。</translation>
    </message>
    <message>
        <source>The hub does not know who asks for {repo_id} (error 401).</source>
        <translation>Hugging Face 不知道是谁在请求 {repo_id}（错误 401）。</translation>
    </message>
    <message>
        <source>The hub has had too many requests from here (error 429); {repo_id} could not be downloaded.</source>
        <translation>从这里发出的请求太多（错误 429）；无法下载 {repo_id}。</translation>
    </message>
    <message>
        <source>The image encoder is missing that looks at {guide} for {network}.</source>
        <translation>缺少为 {network} 查看“{guide}”的图像编码器。</translation>
    </message>
    <message>
        <source>The image is {dtype} {shape}, not uint8 {wanted}.</source>
        <translation>图像是 {dtype} {shape}，不是 uint8 {wanted}。</translation>
    </message>
    <message>
        <source>The index of the gallery in {folder} is damaged ({reason}).</source>
        <translation>{folder} 中图库的索引已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>The key module in plugin.toml names a Python file without .py.</source>
        <translation>plugin.toml 中的 module 写的是不带 .py 的 Python 文件名。</translation>
    </message>
    <message>
        <source>The keyframed {other} of the animation {spec} must be a FloatParameter.</source>
        <translation>动画 {spec} 的关键帧参数 {other} 必须是 FloatParameter。</translation>
    </message>
    <message>
        <source>The layer effects of {name!r} are not supported and were left out.</source>
        <translation>不支持 {name!r} 的图层效果，已略去。</translation>
    </message>
    <message>
        <source>The layer of the region {prompt!r} is not there any more.</source>
        <translation>区域 {prompt!r} 的图层已不存在。</translation>
    </message>
    <message>
        <source>The layer {layer!r} has no mask.</source>
        <translation>图层 {layer!r} 没有蒙版。</translation>
    </message>
    <message>
        <source>The layer {layer} is empty.</source>
        <translation>图层 {layer} 是空的。</translation>
    </message>
    <message>
        <source>The layer {layer} is locked.</source>
        <translation>图层 {layer} 已锁定。</translation>
    </message>
    <message>
        <source>The layer {name!r} could not be read and was left out.</source>
        <translation>图层 {name!r} 无法读取，已略去。</translation>
    </message>
    <message>
        <source>The layer {name!r} is a {format} picture, not PNG as it must be; it was read all the same.</source>
        <translation>图层 {name!r} 是 {format} 图片，而不是规定的 PNG；仍已读取。</translation>
    </message>
    <message>
        <source>The layer {name!r} was left out: {reason}</source>
        <translation>图层 {name!r} 已略去：{reason}</translation>
    </message>
    <message>
        <source>The layer {name} is locked.</source>
        <translation>图层 {name} 已锁定。</translation>
    </message>
    <message>
        <source>The layer {name} was changed meanwhile, so it was left as it is.</source>
        <translation>图层 {name} 在此期间已被改动，因此保持原样。</translation>
    </message>
    <message>
        <source>The layers and masks have {pixels:.0f} million pixels together; a file can hold {max_total_pixels:.0f} million.</source>
        <translation>图层和蒙版共有 {pixels:.0f} 百万像素；文件最多容纳 {max_total_pixels:.0f} 百万。</translation>
    </message>
    <message>
        <source>The layers of {name} would unpack to {pixels:.0f} million pixels.</source>
        <translation>{name} 的图层解开后会有 {pixels:.0f} 百万像素。</translation>
    </message>
    <message>
        <source>The libraries of plugins could not be written below {engines}: {reason}.</source>
        <translation>插件的库不能写入 {engines}：{reason}。</translation>
    </message>
    <message>
        <source>The list of plugins has the details; the plugin can be switched off there.</source>
        <translation>插件列表中有详细信息；可以在那里关闭插件。</translation>
    </message>
    <message>
        <source>The list of the files of {repo_id} cannot be read ({reason}).</source>
        <translation>无法读取 {repo_id} 的文件列表（{reason}）。</translation>
    </message>
    <message>
        <source>The loop mode {loop!r} is not supported; the frames are looped.</source>
        <translation>不支持循环方式 {loop!r}；各帧循环播放。</translation>
    </message>
    <message>
        <source>The mask covers all of the picture, so that no background is left.</source>
        <translation>蒙版盖住了整张图片，没有剩下背景。</translation>
    </message>
    <message>
        <source>The mask has values outside 0..1.</source>
        <translation>蒙版含有 0..1 之外的值。</translation>
    </message>
    <message>
        <source>The mask holds nothing of the picture.</source>
        <translation>蒙版没有覆盖图片的任何部分。</translation>
    </message>
    <message>
        <source>The mask is lighter than black nearly everywhere, so that nearly the whole picture was drawn anew.</source>
        <translation>蒙版几乎处处都比黑色亮，因此几乎整幅图片都重新绘制了。</translation>
    </message>
    <message>
        <source>The mask is nearly black everywhere.</source>
        <translation>蒙版几乎全是黑色。</translation>
    </message>
    <message>
        <source>The mask is not quite black nearly everywhere: what is nearly black was taken for black.</source>
        <translation>蒙版几乎处处都不是纯黑：接近黑色的部分已当作黑色。</translation>
    </message>
    <message>
        <source>The mask is {dtype} {shape}, not float32 {wanted}.</source>
        <translation>蒙版是 {dtype} {shape}，不是 float32 {wanted}。</translation>
    </message>
    <message>
        <source>The mask of {layer!r} cannot be applied: it has no pixels.</source>
        <translation>不能应用 {layer!r} 的蒙版：它没有像素。</translation>
    </message>
    <message>
        <source>The mask of {name!r} could not be read and was left out.</source>
        <translation>{name!r} 的蒙版无法读取，已略去。</translation>
    </message>
    <message>
        <source>The mask of {name!r} was left out: {reason}</source>
        <translation>{name!r} 的蒙版已略去：{reason}</translation>
    </message>
    <message>
        <source>The mask that {name!r} was drawn in was left out: {reason}</source>
        <translation>画 {name!r} 时所用的蒙版未读取：{reason}</translation>
    </message>
    <message>
        <source>The mask {file} is {width}x{height}, but the picture is {other_width}x{other_height}.</source>
        <translation>蒙版 {file} 是 {width}x{height}，而图片是 {other_width}x{other_height}。</translation>
    </message>
    <message>
        <source>The metadata of its package cannot be read: {reason}.</source>
        <translation>无法读取其软件包的元数据：{reason}。</translation>
    </message>
    <message>
        <source>The metadata of {source} in it could not be read.</source>
        <translation>其中 {source} 的元数据无法读取。</translation>
    </message>
    <message>
        <source>The minimum of {parameter} of the {owner} must be above 0, for it is logarithmic.</source>
        <translation>{owner} 的 {parameter} 的最小值必须大于 0，因为它是对数的。</translation>
    </message>
    <message>
        <source>The mode {spec} has no keyframes {name!r}.</source>
        <translation>模式 {spec} 没有关键帧 {name!r}。</translation>
    </message>
    <message>
        <source>The model file {path} is damaged: {reason}.</source>
        <translation>模型文件 {path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>The model may be damaged.</source>
        <translation>模型可能已损坏。</translation>
    </message>
    <message>
        <source>The model {model!r} does not know: {words}. It knows: {known}.</source>
        <translation>模型 {model!r} 不认识：{words}。它认识：{known}。</translation>
    </message>
    <message>
        <source>The model {model} ({path}) cannot be loaded: {reason}</source>
        <translation>无法加载模型 {model}（{path}）：{reason}</translation>
    </message>
    <message>
        <source>The model {model} returned numbers that are no picture in {dtype}.</source>
        <translation>模型 {model} 在 {dtype} 下返回的数字不成图像。</translation>
    </message>
    <message>
        <source>The motion adapter {adapter_id} cannot be used: {reason}</source>
        <translation>不能使用运动适配器 {adapter_id}：{reason}</translation>
    </message>
    <message>
        <source>The motion adapter {adapter} ({path}) cannot be used with this model: {reason}</source>
        <translation>运动适配器 {adapter}（{path}）不能用于这个模型：{reason}</translation>
    </message>
    <message>
        <source>The name is too long: choose a shorter one.</source>
        <translation>名称太长：请选择短一些的。</translation>
    </message>
    <message>
        <source>The new engine cannot draw on this machine: {reason}</source>
        <translation>新引擎不能在这台电脑上绘制：{reason}</translation>
    </message>
    <message>
        <source>The new engine did not draw within {try_seconds:.0f} s.</source>
        <translation>新引擎在 {try_seconds:.0f} 秒内没有画出图。</translation>
    </message>
    <message>
        <source>The overlap must be smaller than the window.</source>
        <translation>重叠必须小于窗口。</translation>
    </message>
    <message>
        <source>The panel {spec} needs an id of its own for each action, not {action!r}.</source>
        <translation>面板 {spec} 的每个动作需要自己的 id，而不是 {action!r}。</translation>
    </message>
    <message>
        <source>The parameters of the {owner} must be a tuple.</source>
        <translation>{owner} 的参数必须是元组。</translation>
    </message>
    <message>
        <source>The picture has {depth} groups within each other; a file can hold {max_group_depth}.</source>
        <translation>图片中有 {depth} 层嵌套的组；文件最多容纳 {max_group_depth} 层。</translation>
    </message>
    <message>
        <source>The picture lies outside the canvas, which was changed while it was made.</source>
        <translation>图片位于画布之外，画布在绘制期间有变化。</translation>
    </message>
    <message>
        <source>The picture of the brush tip has {width} x {height} pixels.</source>
        <translation>笔尖图片有 {width} x {height} 像素。</translation>
    </message>
    <message>
        <source>The picture of the brush tip is damaged.</source>
        <translation>笔尖图片已损坏。</translation>
    </message>
    <message>
        <source>The picture of {width} x {height} pixels was made smaller: tips have at most {most}.</source>
        <translation>{width} x {height} 像素的图片已缩小：笔尖边长最多 {most}。</translation>
    </message>
    <message>
        <source>The picture {target} could not be written.</source>
        <translation>不能写入图片 {target}。</translation>
    </message>
    <message>
        <source>The pictures of this grid could not be kept on the way, so it cannot go on later: {reason}</source>
        <translation>此网格的图片无法边画边保存，因此以后不能从中途继续：{reason}</translation>
    </message>
    <message>
        <source>The plugin could not be put into {folder}: {reason}.</source>
        <translation>插件不能放进 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The plugin that {family} comes from made no prediction of latents.</source>
        <translation>提供 {family} 的插件没有给出潜变量的预测。</translation>
    </message>
    <message>
        <source>The plugin that {guide} comes from made no latents of latents.</source>
        <translation>提供“{guide}”的插件没有返回可用的潜变量。</translation>
    </message>
    <message>
        <source>The plugin {manifest} {replaces} is installed already.</source>
        <translation>插件 {manifest} {replaces} 已经安装。</translation>
    </message>
    <message>
        <source>The plugin {plugin_id} asks for a package from {url}.</source>
        <translation>插件 {plugin_id} 要求来自 {url} 的软件包。</translation>
    </message>
    <message>
        <source>The plugin {plugin_id} asks for {line!r}, which names no package: {reason}.</source>
        <translation>插件 {plugin_id} 要求 {line!r}，这不是软件包名称：{reason}。</translation>
    </message>
    <message>
        <source>The plugin {plugin_id} needs {requirement}, but {package} {version} is part of Shoreline or its engine, which keep theirs.</source>
        <translation>插件 {plugin_id} 需要 {requirement}，但 {package} {version} 属于 Shoreline 或其引擎，不能更换。</translation>
    </message>
    <message>
        <source>The plugin {plugin_name} failed in the {what}: {reason}</source>
        <translation>插件 {plugin_name} 在{what}中出错：{reason}</translation>
    </message>
    <message>
        <source>The plugin {plugin_name} hangs in the {what}: {reason}.</source>
        <translation>插件 {plugin_name} 卡在{what}中：{reason}。</translation>
    </message>
    <message>
        <source>The plugin {plugin} failed while the engine drew: {reason}</source>
        <translation>引擎绘制时插件 {plugin} 出错：{reason}</translation>
    </message>
    <message>
        <source>The plugin {state} was not installed here, so it cannot be removed here.</source>
        <translation>插件 {state} 不是在这里安装的，因此不能在这里移除。</translation>
    </message>
    <message>
        <source>The preview takes too long.</source>
        <translation>预览耗时太长。</translation>
    </message>
    <message>
        <source>The prompt became too long; it ends after {most} characters.</source>
        <translation>提示词变得太长；在 {most} 个字符后截断。</translation>
    </message>
    <message>
        <source>The prompt does not contain {text!r}.</source>
        <translation>提示词中没有 {text!r}。</translation>
    </message>
    <message>
        <source>The prompt is too long for the model: its last word was left out ({words}).</source>
        <translation>提示词对模型来说太长：最后一个词已略去（{words}）。</translation>
    </message>
    <message>
        <source>The prompt is too long for the model: its last {count} words were left out ({words}).</source>
        <translation>提示词对模型来说太长：最后 {count} 个词已略去（{words}）。</translation>
    </message>
    <message>
        <source>The prompt of a region is longer than {most} characters.</source>
        <translation>区域的提示词超过了 {most} 个字符。</translation>
    </message>
    <message>
        <source>The prompt of the prompt_style {spec} must have {place} in it once.</source>
        <translation>prompt_style {spec} 的 prompt 中必须恰好有一个 {place}。</translation>
    </message>
    <message>
        <source>The prompt_style {spec} adds no words.</source>
        <translation>prompt_style {spec} 没有添加任何词。</translation>
    </message>
    <message>
        <source>The recovery journal could not be made in {folder} ({reason}).</source>
        <translation>不能在 {folder} 建立恢复日志（{reason}）。</translation>
    </message>
    <message>
        <source>The recovery journal could not be written ({reason}).</source>
        <translation>不能写入恢复日志（{reason}）。</translation>
    </message>
    <message>
        <source>The recovery journal {file} belongs to a running program.</source>
        <translation>恢复日志 {file} 属于正在运行的程序。</translation>
    </message>
    <message>
        <source>The recovery journal {file} is damaged ({reason}).</source>
        <translation>恢复日志 {file} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>The recovery journal {path} could not be read: {reason}.</source>
        <translation>无法读取恢复日志 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The recovery journal {path} does not exist.</source>
        <translation>恢复日志 {path} 不存在。</translation>
    </message>
    <message>
        <source>The reference {guide} cannot be used with {model}: its family takes none here.</source>
        <translation>参考图“{guide}”不能与 {model} 一起使用：这里其系列不支持参考图。</translation>
    </message>
    <message>
        <source>The region of the layer {layer!r} could not be read and was left out.</source>
        <translation>图层 {layer!r} 的区域无法读取,已略过。</translation>
    </message>
    <message>
        <source>The region {name} was left out: too little of it is seen in what was drawn.</source>
        <translation>已略过区域 {name}:在所绘内容中几乎看不到它。</translation>
    </message>
    <message>
        <source>The region {name} was left out: {other} is nearly all of what was drawn.</source>
        <translation>已略过区域 {name}：{other} 几乎占据了所绘的全部内容。</translation>
    </message>
    <message>
        <source>The regions in the file could not be read.</source>
        <translation>无法读取文件中的区域。</translation>
    </message>
    <message>
        <source>The regions were left out: frames that are drawn together have none.</source>
        <translation>已略过区域:一起绘制的帧没有区域。</translation>
    </message>
    <message>
        <source>The repository holds no weights in safetensors in its folder {folder}.</source>
        <translation>仓库的文件夹 {folder} 中没有 safetensors 权重。</translation>
    </message>
    <message>
        <source>The requirement {text!r} is not understood.</source>
        <translation>无法理解要求 {text!r}。</translation>
    </message>
    <message>
        <source>The result {file} is damaged.</source>
        <translation>结果 {file} 已损坏。</translation>
    </message>
    <message>
        <source>The sampler {name} of the picture is not known here.</source>
        <translation>这里没有图片所用的采样器 {name}。</translation>
    </message>
    <message>
        <source>The scheduler {spec} cannot run {steps} steps with this model: {reason}</source>
        <translation>采样器 {spec} 不能用这个模型运行 {steps} 步：{reason}</translation>
    </message>
    <message>
        <source>The scheduler {wanted} cannot draw with {model}: {used} was used instead.</source>
        <translation>采样器 {wanted} 不能与 {model} 一起使用：改用了 {used}。</translation>
    </message>
    <message>
        <source>The selection was left out: {reason}</source>
        <translation>选区已略去：{reason}</translation>
    </message>
    <message>
        <source>The server calls the file {name!r}, which is no name of a file.</source>
        <translation>服务器把文件叫作 {name!r}，这不是文件名。</translation>
    </message>
    <message>
        <source>The server sends more for {file} of {source} than was announced.</source>
        <translation>服务器为 {source} 的 {file} 发送的内容比所说的多。</translation>
    </message>
    <message>
        <source>The setting {name} cannot be {word!r}.</source>
        <translation>设置 {name} 不能是 {word!r}。</translation>
    </message>
    <message>
        <source>The settings could not be saved in {path}: {reason}.</source>
        <translation>设置不能保存到 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The settings_page {spec} has no parameters.</source>
        <translation>settings_page {spec} 没有参数。</translation>
    </message>
    <message>
        <source>The sheet of this grid would have about {width}x{height} pixels.</source>
        <translation>此网格的整页约有 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>The size cannot be {width}x{height}.</source>
        <translation>尺寸不能是 {width}x{height}。</translation>
    </message>
    <message>
        <source>The size of the pictures changes in {name}.</source>
        <translation>{name} 中图像的尺寸有变化。</translation>
    </message>
    <message>
        <source>The step of {parameter} of the {owner} must be above 0.</source>
        <translation>{owner} 的 {parameter} 的步长必须大于 0。</translation>
    </message>
    <message>
        <source>The suffixes of the {owner} must be a tuple of small letters and digits, without dots.</source>
        <translation>{owner} 的 suffixes 必须是小写字母和数字的元组，不带点。</translation>
    </message>
    <message>
        <source>The swatches of {parameter} of the {owner} must be a tuple of (colour, label) texts, such as ((&quot;{default}&quot;, &quot;Mine&quot;),).</source>
        <translation>{owner} 的 {parameter} 的色板必须是（颜色, 标签）文本的元组，例如 ((&quot;{default}&quot;, &quot;Mine&quot;),)。</translation>
    </message>
    <message>
        <source>The table {path} cannot be read: {reason}</source>
        <translation>无法读取表 {path}：{reason}</translation>
    </message>
    <message>
        <source>The template has that name.</source>
        <translation>这是模板的名称。</translation>
    </message>
    <message>
        <source>The text encoder and what draws take turns in memory; for other words both are read again.</source>
        <translation>文本编码器与绘图网络轮流占用内存；换了提示词时两者都会重新读取。</translation>
    </message>
    <message>
        <source>The text encoder is given back after encoding, and read again for other words.</source>
        <translation>编码之后释放文本编码器，换了提示词时再重新读取。</translation>
    </message>
    <message>
        <source>The text encoder moves to the processor&apos;s memory after encoding.</source>
        <translation>编码之后，文本编码器移到处理器的内存中。</translation>
    </message>
    <message>
        <source>The text encoder works on the processor.</source>
        <translation>文本编码器在处理器上运行。</translation>
    </message>
    <message>
        <source>The tokenizer {file} cannot be used: {reason}.</source>
        <translation>分词器 {file} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The tool {tool} is not there.</source>
        <translation>没有工具 {tool}。</translation>
    </message>
    <message>
        <source>The tool {tool} made no picture.</source>
        <translation>工具 {tool} 没有画出图片。</translation>
    </message>
    <message>
        <source>The transparency of &quot;{name}&quot; is locked: nothing can be erased or cleared on it.</source>
        <translation>“{name}”的透明度已锁定：无法擦除或清除其内容。</translation>
    </message>
    <message>
        <source>The upscaler {spec} made {width}x{height} of {old_width}x{old_height} pixels.</source>
        <translation>放大器 {spec} 把 {old_width}x{old_height} 像素变成了 {width}x{height}。</translation>
    </message>
    <message>
        <source>The upscaler {spec} returned {shape}, not uint8 pixels (height, width, 3).</source>
        <translation>放大器 {spec} 返回的是 {shape}，不是 uint8 像素（高、宽、3）。</translation>
    </message>
    <message>
        <source>The vector mask of {name!r} is not supported and was left out.</source>
        <translation>不支持 {name!r} 的矢量蒙版，已略去。</translation>
    </message>
    <message>
        <source>The weight of the LoRA {name} was taken for {weight:g}, the most there is.</source>
        <translation>LoRA {name} 的权重按最大值 {weight:g} 处理。</translation>
    </message>
    <message>
        <source>The weight of {lora} is no number, so it was read as words.</source>
        <translation>{lora} 的权重不是数字，因此当作文字读取。</translation>
    </message>
    <message>
        <source>The weights in {folder} do not fit its config.json: {wrong}.</source>
        <translation>{folder} 中的权重与其 config.json 不符：{wrong}。</translation>
    </message>
    <message>
        <source>The weights in {origin} do not fit: {name} {found} where {shape_text} is wanted.</source>
        <translation>{origin} 中的权重不合适：{name} 是 {found}，需要 {shape_text}。</translation>
    </message>
    <message>
        <source>The wheel {path} is damaged.</source>
        <translation>wheel {path} 已损坏。</translation>
    </message>
    <message>
        <source>The whole model stays in memory.</source>
        <translation>整个模型都留在内存中。</translation>
    </message>
    <message>
        <source>The whole pixels of the layer {name!r} could not be read: its mask is applied now.</source>
        <translation>图层 {name!r} 的完整像素无法读取：其蒙版现已应用。</translation>
    </message>
    <message>
        <source>The wildcard {name} has no lines, and was left out.</source>
        <translation>通配符 {name} 中没有内容，已略去。</translation>
    </message>
    <message>
        <source>The wildcard {name} leads back to itself, and was left out there.</source>
        <translation>通配符 {name} 又指回自己，在那里略去了。</translation>
    </message>
    <message>
        <source>The window cannot be {width}x{height} pixels.</source>
        <translation>窗口不能是 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>The window does not fit into {other_width}x{other_height} pixels.</source>
        <translation>窗口容纳不进 {other_width}x{other_height} 像素。</translation>
    </message>
    <message>
        <source>The {callback} of the {kind} {spec} must be a function.</source>
        <translation>{kind} {spec} 的 {callback} 必须是函数。</translation>
    </message>
    <message>
        <source>The {kind} id {spec!r} must be small letters, digits and _, beginning with a letter.</source>
        <translation>{kind} 的 id {spec!r} 必须由小写字母、数字和 _ 组成，并以字母开头。</translation>
    </message>
    <message>
        <source>The {kind} {spec} needs a name.</source>
        <translation>{kind} {spec} 需要名称。</translation>
    </message>
    <message>
        <source>The {owner} has a {kind} among its parameters.</source>
        <translation>{owner} 的参数中有 {kind}。</translation>
    </message>
    <message>
        <source>The {owner} has two parameters {parameter!r}.</source>
        <translation>{owner} 有两个参数 {parameter!r}。</translation>
    </message>
    <message>
        <source>The {setting} {value} of the picture is not possible here.</source>
        <translation>图片的{setting} {value} 在这里不可用。</translation>
    </message>
    <message>
        <source>There are no frames.</source>
        <translation>没有帧。</translation>
    </message>
    <message>
        <source>There are no models folders here to look for a model of {task} in.</source>
        <translation>这里没有可以查找 {task} 模型的模型文件夹。</translation>
    </message>
    <message>
        <source>There are no values yet.</source>
        <translation>还没有取值。</translation>
    </message>
    <message>
        <source>There are no wheels of an engine for {system}.</source>
        <translation>没有适合 {system} 的引擎 wheel。</translation>
    </message>
    <message>
        <source>There is a folder {folder} already.</source>
        <translation>已经有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>There is a plugin with the id {manifest} already.</source>
        <translation>已经有 id 为 {manifest} 的插件。</translation>
    </message>
    <message>
        <source>There is a plugin with the id {plugin_id} already, from {where}.</source>
        <translation>已经有 id 为 {plugin_id} 的插件，来自 {where}。</translation>
    </message>
    <message>
        <source>There is no IP-Adapter in the models folders that shows {guide} to {model}.</source>
        <translation>模型文件夹中没有能向 {model} 展示“{guide}”的 IP-Adapter。</translation>
    </message>
    <message>
        <source>There is no control network in the models folders that reads {guide} for {model}.</source>
        <translation>模型文件夹中没有能为 {model} 读取“{guide}”的控制网络。</translation>
    </message>
    <message>
        <source>There is no device {preference!r} on this computer.</source>
        <translation>这台电脑上没有设备 {preference!r}。</translation>
    </message>
    <message>
        <source>There is no engine for {system}.</source>
        <translation>没有适合 {system} 的引擎。</translation>
    </message>
    <message>
        <source>There is no engine to go back to.</source>
        <translation>没有可以退回的引擎。</translation>
    </message>
    <message>
        <source>There is no engine {backend_id!r} for this system.</source>
        <translation>没有适合这个系统的引擎 {backend_id!r}。</translation>
    </message>
    <message>
        <source>There is no engine {name!r}.</source>
        <translation>没有引擎 {name!r}。</translation>
    </message>
    <message>
        <source>There is no hook {hook}.</source>
        <translation>没有钩子 {hook}。</translation>
    </message>
    <message>
        <source>There is no layer below &quot;{name}&quot; that it could be clipped to.</source>
        <translation>“{name}”下方没有可以剪贴到的图层。</translation>
    </message>
    <message>
        <source>There is no layer below {layer!r}.</source>
        <translation>{layer!r} 下面没有图层。</translation>
    </message>
    <message>
        <source>There is no layer with pixels to enlarge.</source>
        <translation>没有可以放大的带像素的图层。</translation>
    </message>
    <message>
        <source>There is no manifest.</source>
        <translation>没有清单。</translation>
    </message>
    <message>
        <source>There is no mask to draw in.</source>
        <translation>没有可以作画的蒙版。</translation>
    </message>
    <message>
        <source>There is no mode {mode!r}.</source>
        <translation>没有模式 {mode!r}。</translation>
    </message>
    <message>
        <source>There is no model at {path}.</source>
        <translation>{path} 没有模型。</translation>
    </message>
    <message>
        <source>There is no model in the models folders that tells the {task} of a picture.</source>
        <translation>模型文件夹中没有能说明图片{task}的模型。</translation>
    </message>
    <message>
        <source>There is no model {model_id!r}.</source>
        <translation>没有模型 {model_id!r}。</translation>
    </message>
    <message>
        <source>There is no motion adapter {adapter_id!r}.</source>
        <translation>没有运动适配器 {adapter_id!r}。</translation>
    </message>
    <message>
        <source>There is no motion adapter, which AnimateDiff needs.</source>
        <translation>没有运动适配器，而 AnimateDiff 需要它。</translation>
    </message>
    <message>
        <source>There is no parameter {key!r} here.</source>
        <translation>这里没有参数 {key!r}。</translation>
    </message>
    <message>
        <source>There is no plugin {plugin_id!r}.</source>
        <translation>没有插件 {plugin_id!r}。</translation>
    </message>
    <message>
        <source>There is no scheduler {scheduler!r}.</source>
        <translation>没有采样器 {scheduler!r}。</translation>
    </message>
    <message>
        <source>There is no scheduler {scheduler_id!r}.</source>
        <translation>没有采样器 {scheduler_id!r}。</translation>
    </message>
    <message>
        <source>There is no tool {tool!r}.</source>
        <translation>没有工具 {tool!r}。</translation>
    </message>
    <message>
        <source>There is no upscaler {upscaler!r}.</source>
        <translation>没有放大器 {upscaler!r}。</translation>
    </message>
    <message>
        <source>There is no wildcard {name}, so it was read as it stands.</source>
        <translation>没有通配符 {name}，因此按原文读取。</translation>
    </message>
    <message>
        <source>There is not enough memory for the {what} of the plugin {plugin_name}.</source>
        <translation>插件 {plugin_name} 的{what}内存不足。</translation>
    </message>
    <message>
        <source>There is not enough memory to enlarge this picture.</source>
        <translation>内存不足，无法放大这张图片。</translation>
    </message>
    <message>
        <source>There is not enough memory to recover {file}.</source>
        <translation>内存不足，不能恢复 {file}。</translation>
    </message>
    <message>
        <source>There is nothing on this layer.</source>
        <translation>此图层上没有内容。</translation>
    </message>
    <message>
        <source>There is nothing to put on a sheet.</source>
        <translation>没有可以放进精灵表的内容。</translation>
    </message>
    <message>
        <source>There is nothing to transform here: it is empty.</source>
        <translation>这里没有可变换的内容：它是空的。</translation>
    </message>
    <message>
        <source>There is nothing to work on.</source>
        <translation>没有可以处理的内容。</translation>
    </message>
    <message>
        <source>These LoRAs are not in the models folders: {names}.</source>
        <translation>这些 LoRA 不在模型文件夹中：{names}。</translation>
    </message>
    <message>
        <source>These are more than {most} values.</source>
        <translation>取值超过了 {most} 个。</translation>
    </message>
    <message>
        <source>These edges leave nothing of the picture.</source>
        <translation>这样的边缘使画面什么也不剩。</translation>
    </message>
    <message>
        <source>These frames cannot be drawn together.</source>
        <translation>这些帧不能一起绘制。</translation>
    </message>
    <message>
        <source>This LoRA is not in the models folders: {names}.</source>
        <translation>这个 LoRA 不在模型文件夹中：{names}。</translation>
    </message>
    <message>
        <source>This build cannot write AVIF.</source>
        <translation>这个版本不能写入 AVIF。</translation>
    </message>
    <message>
        <source>This build has no {codecs} encoder.</source>
        <translation>这个版本没有 {codecs} 编码器。</translation>
    </message>
    <message>
        <source>This model reads prompts as plain language; weights of words, as in (red:1.3), are not heeded.</source>
        <translation>此模型把提示词当作普通语言阅读；(red:1.3) 这样的词语权重不起作用。</translation>
    </message>
    <message>
        <source>This version does not understand what &quot;{name}&quot; does: it is kept as it is and changes nothing.</source>
        <translation>此版本无法识别“{name}”的作用：它会原样保留，但不起任何作用。</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>平铺</translation>
    </message>
    <message>
        <source>Tiles of {tile} pixels that overlap by {overlap} are not possible.</source>
        <translation>{tile} 像素、重叠 {overlap} 的分块是不可能的。</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层数太多</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件太多</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Try again later, or another one.</source>
        <translation>请稍后重试，或换一个。</translation>
    </message>
    <message>
        <source>Try again later, or download the file with a browser.</source>
        <translation>请稍后重试，或用浏览器下载文件。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>Try again later; what is there already is kept.</source>
        <translation>请稍后重试；已有的内容会保留。</translation>
    </message>
    <message>
        <source>Try again {when}; what is there already is kept.</source>
        <translation>请{when}重试；已有的内容会保留。</translation>
    </message>
    <message>
        <source>Try again {when}; with a login (HF_TOKEN) more are allowed. What is there already is kept.</source>
        <translation>请{when}重试；登录后（HF_TOKEN）允许更多。已有的内容会保留。</translation>
    </message>
    <message>
        <source>Try again, or choose another index or engine.</source>
        <translation>请重试，或选择别的索引或引擎。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请再试一次。</translation>
    </message>
    <message>
        <source>Try again; if it fails again, another scheduler or a smaller size may help.</source>
        <translation>请重试；如果再次失败，换一个采样器或更小的尺寸可能有用。</translation>
    </message>
    <message>
        <source>Try another size or another format.</source>
        <translation>请试试别的尺寸或别的格式。</translation>
    </message>
    <message>
        <source>Try {nearest}.</source>
        <translation>请试试 {nearest}。</translation>
    </message>
    <message>
        <source>Type another one.</source>
        <translation>请输入另一个。</translation>
    </message>
    <message>
        <source>Type some, with commas between them.</source>
        <translation>请填写一些，用逗号隔开。</translation>
    </message>
    <message>
        <source>UNet</source>
        <translation>UNet</translation>
    </message>
    <message>
        <source>UltraSharp 2, 4 times</source>
        <translation>UltraSharp 2，4 倍</translation>
    </message>
    <message>
        <source>Undo that change, then enlarge it again.</source>
        <translation>请撤销该更改，然后重新放大。</translation>
    </message>
    <message>
        <source>Undo the change of the canvas, then place the picture from the queue.</source>
        <translation>请撤销对画布的更改，再从队列放置图片。</translation>
    </message>
    <message>
        <source>Undo the deletion, or remove the region from the list.</source>
        <translation>请撤销删除,或从列表中移除该区域。</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>请先解锁。</translation>
    </message>
    <message>
        <source>Unlock it with Layer &gt; Alpha Lock.</source>
        <translation>请用“图层 &gt; 锁定透明度”解锁。</translation>
    </message>
    <message>
        <source>Use another build of Python. Pictures are drawn as ever, but not kept in the gallery.</source>
        <translation>请使用另一个 Python 版本。图片照常绘制，但不会保留在图库中。</translation>
    </message>
    <message>
        <source>VAE of Flux.1</source>
        <translation>Flux.1 的 VAE</translation>
    </message>
    <message>
        <source>VAE of Stable Diffusion 1</source>
        <translation>Stable Diffusion 1 的 VAE</translation>
    </message>
    <message>
        <source>Use {most} at most, give some the same words, or choose a model of Stable Diffusion 1, 2 or XL.</source>
        <translation>最多使用 {most} 个,让一些区域用相同的提示词,或选择 Stable Diffusion 1、2 或 XL 模型。</translation>
    </message>
    <message>
        <source>What draws is kept in 8 bits, which changes pictures a little.</source>
        <translation>绘图网络用 8 位保存，图片会略有变化。</translation>
    </message>
    <message>
        <source>What was measured is kept: {path} could not be removed ({reason}).</source>
        <translation>测量结果仍被保留：无法删除 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>What {guide} takes part by is not there.</source>
        <translation>“{guide}”借以参与绘制的内容不存在。</translation>
    </message>
    <message>
        <source>Z-Image Turbo</source>
        <translation>Z-Image Turbo</translation>
    </message>
    <message>
        <source>Z-Image Turbo, transformer alone</source>
        <translation>Z-Image Turbo，单独的 transformer</translation>
    </message>
    <message>
        <source>guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>inpainting models, and adapters that take a picture (PIA), are not supported.</source>
        <translation>局部重绘模型和需要图片的适配器（PIA）不受支持。</translation>
    </message>
    <message>
        <source>it has fewer blocks than Flux.1, such as Flux.1 lite; that is not supported</source>
        <translation>它的块比 Flux.1 少，例如 Flux.1 lite；不受支持</translation>
    </message>
    <message>
        <source>it has no picture</source>
        <translation>它没有图片</translation>
    </message>
    <message>
        <source>it has {count} entries</source>
        <translation>它有 {count} 个条目</translation>
    </message>
    <message>
        <source>it holds no whole {network}</source>
        <translation>其中没有完整的 {network}</translation>
    </message>
    <message>
        <source>it holds no words with their numbers</source>
        <translation>其中没有带编号的词</translation>
    </message>
    <message>
        <source>it holds the unsafe name {name!r}</source>
        <translation>其中有不安全的名称 {name!r}</translation>
    </message>
    <message>
        <source>it is Flux.1 Fill, which is shown the picture and the mask</source>
        <translation>它是 Flux.1 Fill，还需要图片和蒙版</translation>
    </message>
    <message>
        <source>it is Flux.2 Klein 9B, which reads prompts with Qwen3-8B; only Klein 4B is supported</source>
        <translation>它是 Flux.2 Klein 9B，用 Qwen3-8B 读取提示词；只支持 Klein 4B</translation>
    </message>
    <message>
        <source>it is Flux.2 dev, which reads prompts with Mistral; only Klein 4B is supported</source>
        <translation>它是 Flux.2 dev，用 Mistral 读取提示词；只支持 Klein 4B</translation>
    </message>
    <message>
        <source>it is a Depth or Canny model of Flux.1, which is shown a second picture</source>
        <translation>它是 Flux.1 的 Depth 或 Canny 模型，还需要第二张图片</translation>
    </message>
    <message>
        <source>it is a Qwen3 of another size than Qwen3-4B, which gives {wanted} numbers a word, not {width}</source>
        <translation>它是与 Qwen3-4B 大小不同的 Qwen3，后者每个词给出 {wanted} 个数字，而不是 {width}</translation>
    </message>
    <message>
        <source>it is another language model than Qwen3</source>
        <translation>它是 Qwen3 之外的语言模型</translation>
    </message>
    <message>
        <source>it is larger than 8 GB</source>
        <translation>它大于 8 GB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>it is not whole: {wrong}</source>
        <translation>它不完整：{wrong}</translation>
    </message>
    <message>
        <source>it is of a kind that Shoreline does not know</source>
        <translation>其类型是 Shoreline 所不认识的</translation>
    </message>
    <message>
        <source>it is told a face by InsightFace, a library that is not supported</source>
        <translation>它依靠 InsightFace 识别人脸，而该库不受支持</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它太大</translation>
    </message>
    <message>
        <source>it is: {what}</source>
        <translation>它是：{what}</translation>
    </message>
    <message>
        <source>it knows words that the text encoder does not</source>
        <translation>它认识文本编码器不认识的词</translation>
    </message>
    <message>
        <source>it lies at {x}, {y}</source>
        <translation>它位于 {x}, {y}</translation>
    </message>
    <message>
        <source>it was made for a UNet with another number of layers than {model} has.</source>
        <translation>它是为层数与 {model} 不同的 UNet 制作的。</translation>
    </message>
    <message>
        <source>it was made for a UNet with blocks of {own} channels; {model} has {widths}.</source>
        <translation>它是为各块通道数为 {own} 的 UNet 制作的；{model} 的是 {widths}。</translation>
    </message>
    <message>
        <source>its entries lie over each other or beyond its end</source>
        <translation>它的条目互相重叠或超出其末尾</translation>
    </message>
    <message>
        <source>its layers are not those of TAESD, TAESDXL or TAEF1</source>
        <translation>它的层不是 TAESD、TAESDXL 或 TAEF1 的层</translation>
    </message>
    <message>
        <source>its transformer takes {channels} channels</source>
        <translation>其 transformer 接受 {channels} 个通道</translation>
    </message>
    <message>
        <source>loras</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>model_index.json of {name} does not say what it is.</source>
        <translation>{name} 的 model_index.json 没有说明它是什么。</translation>
    </message>
    <message>
        <source>negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>stack.xml has no stack</source>
        <translation>stack.xml 中没有 stack</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>text encoder Qwen3-4B</source>
        <translation>文本编码器 Qwen3-4B</translation>
    </message>
    <message>
        <source>the names of its tensors begin with {prefix}, which is not known</source>
        <translation>其张量名称以未知的 {prefix} 开头</translation>
    </message>
    <message>
        <source>the server packs its answer as {encoding}</source>
        <translation>服务器以 {encoding} 压缩回复</translation>
    </message>
    <message>
        <source>the server sends more than it announced</source>
        <translation>服务器发送的内容多于所声明的</translation>
    </message>
    <message>
        <source>the server sent nothing</source>
        <translation>服务器没有发送任何内容</translation>
    </message>
    <message>
        <source>the server sent nothing for {seconds:.0f} seconds</source>
        <translation>服务器在 {seconds:.0f} 秒内没有发送任何内容</translation>
    </message>
    <message>
        <source>the server&apos;s answer is packed wrongly</source>
        <translation>服务器回复的压缩有误</translation>
    </message>
    <message>
        <source>the {network} is stored in a format that is not supported: {format}</source>
        <translation>{network}的存储格式不受支持：{format}</translation>
    </message>
    <message>
        <source>transformer</source>
        <translation>transformer</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>{attribute} of the picture is {text!r}; {default} is used.</source>
        <translation>图片的 {attribute} 为 {text!r}；改用 {default}。</translation>
    </message>
    <message>
        <source>{attribute} of {name!r} is {text!r}; {default} is used.</source>
        <translation>{name!r} 的 {attribute} 为 {text!r}；改用 {default}。</translation>
    </message>
    <message>
        <source>{count} tensors of the LoRA {name} fit no layer of the model and were left out, such as {example}.</source>
        <translation>LoRA {name} 中有 {count} 个张量不适合模型的任何层，已略去，例如 {example}。</translation>
    </message>
    <message>
        <source>{entry} has {size}</source>
        <translation>{entry} 有 {size}</translation>
    </message>
    <message>
        <source>{entry} is encrypted</source>
        <translation>{entry} 已加密</translation>
    </message>
    <message>
        <source>{entry} is in it {count} times</source>
        <translation>{entry} 在其中出现 {count} 次</translation>
    </message>
    <message>
        <source>{entry} is missing in it</source>
        <translation>其中缺少 {entry}</translation>
    </message>
    <message>
        <source>{entry} unpacks to {size}</source>
        <translation>{entry} 解开后有 {size}</translation>
    </message>
    <message>
        <source>{entry}: {reason}</source>
        <translation>{entry}：{reason}</translation>
    </message>
    <message>
        <source>{file} changes no layer that this model has; its tensors are named as {example}.</source>
        <translation>{file} 不改变此模型的任何层；其张量的名称形如 {example}。</translation>
    </message>
    <message>
        <source>{file} holds no tensors.</source>
        <translation>{file} 中没有张量。</translation>
    </message>
    <message>
        <source>{file} is a GGUF file without a tensor. Download or copy it again.</source>
        <translation>{file} 是没有张量的 GGUF 文件。请重新下载或复制。</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first}和{last}</translation>
    </message>
    <message>
        <source>{first}, {last}</source>
        <translation>{first}、{last}</translation>
    </message>
    <message>
        <source>{guide} cannot be used with {model}, which looks at all of a picture.</source>
        <translation>“{guide}”不能与 {model} 一起使用：它会查看整张图片。</translation>
    </message>
    <message>
        <source>{guide} cannot be used with {model}: it has no layers of its own for that.</source>
        <translation>“{guide}”不能与 {model} 一起使用：它没有专门的层。</translation>
    </message>
    <message>
        <source>{format} has no transparency: transparent parts lie on white.</source>
        <translation>{format} 没有透明度：透明的部分以白色为底。</translation>
    </message>
    <message>
        <source>Choose Reference in its place, and say in the prompt what is to be taken from the picture.</source>
        <translation>请改选“参考”，并在提示词中说明要从图片中取什么。</translation>
    </message>
    <message>
        <source>Choose a model of Stable Diffusion 1, 2 or XL or of Flux.2, or switch the reference off.</source>
        <translation>请选择 Stable Diffusion 1、2 或 XL 或 Flux.2 的模型，或关闭此参考图。</translation>
    </message>
    <message>
        <source>Choose a model of Stable Diffusion 1, 2 or XL or of Z-Image, or switch the control layer off.</source>
        <translation>请选择 Stable Diffusion 1、2 或 XL 或 Z-Image 的模型，或关闭此控制图层。</translation>
    </message>
    <message>
        <source>{fps:g} frames per second cannot be used; {usual:g} are used.</source>
        <translation>每秒 {fps:g} 帧无法使用；改用 {usual:g}。</translation>
    </message>
    <message>
        <source>{lost} of {count} steps could not be read and were left out.</source>
        <translation>{count} 步中有 {lost} 步无法读取，已略去。</translation>
    </message>
    <message>
        <source>{model} has no room: its weights take {weights} at once, and {free} of {total} are free.{beside}</source>
        <translation>{model} 放不下：其权重需要同时占用 {weights}，而 {total} 中只有 {free} 可用。{beside}</translation>
    </message>
    <message>
        <source>{model} reads the words of all regions at once and cannot draw {count} of them.</source>
        <translation>{model} 同时读取所有区域的提示词,无法绘制 {count} 个区域。</translation>
    </message>
    <message>
        <source>{model}: {plan}</source>
        <translation>{model}：{plan}</translation>
    </message>
    <message>
        <source>{name!r} is a layer of kind {kind!r}, which is not supported, and was left out.</source>
        <translation>{name!r} 是种类为 {kind!r} 的图层，不受支持，已略去。</translation>
    </message>
    <message>
        <source>{name!r} is a shape: it was opened as pixels.</source>
        <translation>{name!r} 是形状：已作为像素打开。</translation>
    </message>
    <message>
        <source>{name!r} is a smart object: it was opened as pixels.</source>
        <translation>{name!r} 是智能对象：已作为像素打开。</translation>
    </message>
    <message>
        <source>{name!r} is text: it was opened as pixels.</source>
        <translation>{name!r} 是文字：已作为像素打开。</translation>
    </message>
    <message>
        <source>{name!r} was clipped to a layer that is missing: it is shown whole.</source>
        <translation>{name!r} 所剪贴到的图层缺失：现完整显示。</translation>
    </message>
    <message>
        <source>{name!r} was clipped to the layer below; it has a layer mask for that now.</source>
        <translation>{name!r} 原剪贴到下方图层；现改用图层蒙版。</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}. Pictures are drawn on {other} instead.</source>
        <translation>{name} 无法使用：{reason}。改用 {other} 绘制图片。</translation>
    </message>
    <message>
        <source>{name} says that it has {count} frames.</source>
        <translation>{name} 说它有 {count} 帧。</translation>
    </message>
    <message>
        <source>{name} says that it is {width}x{height} pixels.</source>
        <translation>{name} 说它有 {width}x{height} 像素。</translation>
    </message>
    <message>
        <source>{name} transformer alone</source>
        <translation>单独的 {name} transformer</translation>
    </message>
    <message>
        <source>{name} would take {needed} of memory to open, which is not free, or far too much for a file of {file_bytes}.</source>
        <translation>打开 {name} 会占用 {needed} 内存，内存不够，或者对 {file_bytes} 的文件来说太多。</translation>
    </message>
    <message>
        <source>{name} would unpack to more than Shoreline accepts.</source>
        <translation>{name} 解开后会超过 Shoreline 接受的大小。</translation>
    </message>
    <message>
        <source>{name} would unpack to more than Shoreline accepts: {reason}.</source>
        <translation>{name} 解开后会超过 Shoreline 接受的大小：{reason}。</translation>
    </message>
    <message>
        <source>{name}: {first_problem}</source>
        <translation>{name}：{first_problem}</translation>
    </message>
    <message>
        <source>{network} ({what}) cannot be used for the reference {guide} with {model}, which is {family}.</source>
        <translation>{network}（{what}）不能在 {model}（{family}）上用于参考图“{guide}”。</translation>
    </message>
    <message>
        <source>{nothing_fits} {made_for}</source>
        <translation>{nothing_fits} {made_for}</translation>
    </message>
    <message>
        <source>{package} holds {before} and {place}, which are one on some systems.</source>
        <translation>{package} 中有 {before} 和 {place}，在某些系统上是同一个。</translation>
    </message>
    <message>
        <source>{package} holds {place}, whose folder is a file as well.</source>
        <translation>{package} 中有 {place}，其文件夹同时也是文件。</translation>
    </message>
    <message>
        <source>{parent} cannot be used: {reason}.</source>
        <translation>不能使用 {parent}：{reason}。</translation>
    </message>
    <message>
        <source>{part!r} is no number and no range.</source>
        <translation>{part!r} 不是数字，也不是范围。</translation>
    </message>
    <message>
        <source>{part} is a layer of no document.</source>
        <translation>{part} 不属于任何文档的图层。</translation>
    </message>
    <message>
        <source>{part} names no layer.</source>
        <translation>{part} 没有写出图层名称。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} could not be deleted: {reason}.</source>
        <translation>不能删除 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} could not be put into the trash: {reason}.</source>
        <translation>不能把 {path} 放进回收站：{reason}。</translation>
    </message>
    <message>
        <source>{path} could not be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} could not be written.</source>
        <translation>不能写入 {path}。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>{path} holds more than could be read: writing over it would lose that for good.</source>
        <translation>{path} 中的内容没能全部读取：覆盖它会永远丢失那些内容。</translation>
    </message>
    <message>
        <source>{path} holds no {called}.</source>
        <translation>{path} 中没有{called}。</translation>
    </message>
    <message>
        <source>{path} is a link to something that is not there.</source>
        <translation>{path} 指向不存在的东西。</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>缺少 {path}。</translation>
    </message>
    <message>
        <source>{path} is no IP-Adapter that Shoreline draws with.</source>
        <translation>{path} 不是 Shoreline 用来绘制的 IP-Adapter。</translation>
    </message>
    <message>
        <source>{path} is no file.</source>
        <translation>{path} 不是文件。</translation>
    </message>
    <message>
        <source>{path} is no image encoder that Shoreline knows.</source>
        <translation>{path} 不是 Shoreline 所认识的图像编码器。</translation>
    </message>
    <message>
        <source>{path} is no preview decoder: {reason}.</source>
        <translation>{path} 不是预览解码器：{reason}。</translation>
    </message>
    <message>
        <source>{path} is not what it should be.</source>
        <translation>{path} 的内容不对。</translation>
    </message>
    <message>
        <source>{path} is not whole: {key} is missing or has another shape.</source>
        <translation>{path} 不完整：{key} 缺失或形状不同。</translation>
    </message>
    <message>
        <source>{path} is there already and not empty.</source>
        <translation>{path} 已经存在，而且不是空的。</translation>
    </message>
    <message>
        <source>{path} is too large for a settings file.</source>
        <translation>{path} 作为设置文件太大。</translation>
    </message>
    <message>
        <source>{preference} cannot be used: {reason}.</source>
        <translation>不能使用 {preference}：{reason}。</translation>
    </message>
    <message>
        <source>{reason} The picture was kept whole; another seed may do.</source>
        <translation>{reason}图片已完整保留；换一个种子也许可以。</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>{reason}; that is not supported</source>
        <translation>{reason}；不受支持</translation>
    </message>
    <message>
        <source>{relative} in {folder} is a symbolic link.</source>
        <translation>{folder} 中的 {relative} 是符号链接。</translation>
    </message>
    <message>
        <source>{repo_id!r} is no name of a repository.</source>
        <translation>{repo_id!r} 不是仓库名称。</translation>
    </message>
    <message>
        <source>{repo_id} could not be downloaded: a web page came instead, as networks send that want a login.</source>
        <translation>无法下载 {repo_id}：得到的是网页，要求登录的网络常会这样。</translation>
    </message>
    <message>
        <source>{repo_id} could not be downloaded: the hub answers with error {status}.</source>
        <translation>无法下载 {repo_id}：服务器返回错误 {status}。</translation>
    </message>
    <message>
        <source>{repo_id} could not be downloaded: the hub is out of order (error {status}).</source>
        <translation>无法下载 {repo_id}：服务器出了故障（错误 {status}）。</translation>
    </message>
    <message>
        <source>{repo_id} has no {names}.</source>
        <translation>{repo_id} 没有 {names}。</translation>
    </message>
    <message>
        <source>{repo_id} holds no weights in safetensors.</source>
        <translation>{repo_id} 中没有 safetensors 权重。</translation>
    </message>
    <message>
        <source>{repo_id} holds only files that can run code when they are opened ({count}), which are not loaded.</source>
        <translation>{repo_id} 中只有打开时可能运行代码的文件（{count} 个），不会加载。</translation>
    </message>
    <message>
        <source>{repo_id} is gated: its owner wants its terms to be accepted first.</source>
        <translation>{repo_id} 是受限的：作者要求先接受其条款。</translation>
    </message>
    <message>
        <source>{repo_id} is not a diffusers model folder: it has no model_index.json.</source>
        <translation>{repo_id} 不是 diffusers 模型文件夹：没有 model_index.json。</translation>
    </message>
    <message>
        <source>{repo_id} is not on the hub, or is private (error {status}).</source>
        <translation>{repo_id} 不在 Hugging Face 上，或者是私有的（错误 {status}）。</translation>
    </message>
    <message>
        <source>{repo_id} names a file outside its folder: {file!r}.</source>
        <translation>{repo_id} 给出的文件在其文件夹之外：{file!r}。</translation>
    </message>
    <message>
        <source>{shown} could not be downloaded (error {status}).</source>
        <translation>无法下载 {shown}（错误 {status}）。</translation>
    </message>
    <message>
        <source>{shown} could not be downloaded: the server is out of order or has too much to do (error {status}).</source>
        <translation>无法下载 {shown}：服务器出了故障或太忙（错误 {status}）。</translation>
    </message>
    <message>
        <source>{shown} does not say how large it is.</source>
        <translation>{shown} 没有说明它有多大。</translation>
    </message>
    <message>
        <source>{shown} gives {file} now, not {name}.</source>
        <translation>{shown} 现在给出的是 {file}，不是 {name}。</translation>
    </message>
    <message>
        <source>{shown} is a web page, not a file; it may be one that asks for a login.</source>
        <translation>{shown} 是网页，不是文件；也可能是要求登录的网页。</translation>
    </message>
    <message>
        <source>{shown} is no https address, so that what comes from there could be changed on its way.</source>
        <translation>{shown} 不是 https 地址，从那里来的内容可能在途中被改动。</translation>
    </message>
    <message>
        <source>{shown} is not given to everyone (error {status}).</source>
        <translation>{shown} 不对所有人开放（错误 {status}）。</translation>
    </message>
    <message>
        <source>{shown} leads from one address to the next without an end.</source>
        <translation>{shown} 从一个地址转到另一个，没有尽头。</translation>
    </message>
    <message>
        <source>{shown} with a sign that not every system allows.</source>
        <translation>{shown}，含有并非每个系统都允许的字符。</translation>
    </message>
    <message>
        <source>{shown}, which Windows keeps for a device.</source>
        <translation>{shown}，是 Windows 为设备保留的名称。</translation>
    </message>
    <message>
        <source>{shown}, which ends with a dot or a space.</source>
        <translation>{shown}，以点或空格结尾。</translation>
    </message>
    <message>
        <source>{shown}, which is too long.</source>
        <translation>{shown}，太长。</translation>
    </message>
    <message>
        <source>{side} is {text!r}</source>
        <translation>{side} 为 {text!r}</translation>
    </message>
    <message>
        <source>{size} of it wait in the processor&apos;s memory and come at each step, which is slower.</source>
        <translation>其中 {size} 留在处理器的内存中，每一步时再传入，因此较慢。</translation>
    </message>
    <message>
        <source>{source} could not be brought to {target}: {reason}.</source>
        <translation>不能把 {source} 放到 {target}：{reason}。</translation>
    </message>
    <message>
        <source>{source} could not be downloaded: {reason}.</source>
        <translation>无法下载 {source}：{reason}。</translation>
    </message>
    <message>
        <source>{source} could not be saved in {target}: {reason}.</source>
        <translation>{source} 不能保存到 {target}：{reason}。</translation>
    </message>
    <message>
        <source>{source} does not exist.</source>
        <translation>{source} 不存在。</translation>
    </message>
    <message>
        <source>{source} has no frames.</source>
        <translation>{source} 没有帧。</translation>
    </message>
    <message>
        <source>{source} has {count} frames; there are none from {first} to {last}.</source>
        <translation>{source} 有 {count} 帧；没有 {first} 到 {last}。</translation>
    </message>
    <message>
        <source>{source} is installed already: it is in the plugin folder.</source>
        <translation>{source} 已经安装：它在插件文件夹中。</translation>
    </message>
    <message>
        <source>{source} is made for another system or another version of Python.</source>
        <translation>{source} 是为别的系统或别的 Python 版本制作的。</translation>
    </message>
    <message>
        <source>{source} is not named as wheels are.</source>
        <translation>{source} 的名称不是 wheel 的形式。</translation>
    </message>
    <message>
        <source>{source} needs {missing} more in {target}, where {free} are free.</source>
        <translation>{source} 还需要在 {target} 占用 {missing}，那里只有 {free} 可用。</translation>
    </message>
    <message>
        <source>{space} is not RGB, grey or CMYK</source>
        <translation>{space} 不是 RGB、灰度或 CMYK</translation>
    </message>
    <message>
        <source>{stored} holds numbers of the format {dtype}, which is not supported.</source>
        <translation>{stored} 中的数字格式 {dtype} 不受支持。</translation>
    </message>
    <message>
        <source>{target} is there already.</source>
        <translation>{target} 已经存在。</translation>
    </message>
    <message>
        <source>{text!r} is not a colour.</source>
        <translation>{text!r} 不是颜色。</translation>
    </message>
    <message>
        <source>{text!r} is not a number of frames a second.</source>
        <translation>{text!r} 不是每秒帧数。</translation>
    </message>
    <message>
        <source>{text!r} is not a seed.</source>
        <translation>{text!r} 不是种子。</translation>
    </message>
    <message>
        <source>{text!r} is not a size.</source>
        <translation>{text!r} 不是尺寸。</translation>
    </message>
    <message>
        <source>{text} ({said})</source>
        <translation>{text}（{said}）</translation>
    </message>
    <message>
        <source>{there} of {count} pictures were drawn; asked for again the same grid goes on.</source>
        <translation>{count} 张中画好了 {there} 张；再次要求同一网格时会继续。</translation>
    </message>
    <message>
        <source>{token} could not be written: {reason}.</source>
        <translation>不能写入 {token}：{reason}。</translation>
    </message>
    <message>
        <source>{track} cannot be {number:g}.</source>
        <translation>{track} 不能是 {number:g}。</translation>
    </message>
    <message>
        <source>{track} is {value:.6g} at frame {frame}.</source>
        <translation>{track} 在第 {frame} 帧是 {value:.6g}。</translation>
    </message>
    <message>
        <source>{what} ({format})</source>
        <translation>{what}（{format}）</translation>
    </message>
    <message>
        <source>{what} could not be installed: {said}</source>
        <translation>{what}不能安装：{said}</translation>
    </message>
    <message>
        <source>{what} could not be written below {folder}: {said}</source>
        <translation>{what}不能写入 {folder}：{said}</translation>
    </message>
    <message>
        <source>{what} for {family}</source>
        <translation>{what}，用于 {family}</translation>
    </message>
    <message>
        <source>{what} is longer than {max_text} characters.</source>
        <translation>{what}超过 {max_text} 个字符。</translation>
    </message>
    <message>
        <source>{what} is no number to count with.</source>
        <translation>{what}不是可以计算的数字。</translation>
    </message>
    <message>
        <source>{what} must be {words}, not {kind}.</source>
        <translation>{what}必须是{words}，而不是 {kind}。</translation>
    </message>
    <message>
        <source>{what} {reason}</source>
        <translation>{what} {reason}</translation>
    </message>
    <message>
        <source>{what}, which Shoreline does not draw with</source>
        <translation>{what}，Shoreline 不用它绘制</translation>
    </message>
    <message>
        <source>{what}, {remark}</source>
        <translation>{what}，{remark}</translation>
    </message>
    <message>
        <source>{what}; its {parts} from {sources}</source>
        <translation>{what}；{parts}取自 {sources}</translation>
    </message>
    <message>
        <source>{width}x{height} pixels are too many to transform to.</source>
        <translation>{width}x{height} 像素太多，无法变换成这么大。</translation>
    </message>
    <message>
        <source>{width}x{height} pixels of all these layers take more memory than is free ({wanted} of {free} GB).</source>
        <translation>所有这些图层的 {width}x{height} 像素需要的内存超过空闲内存（需要 {wanted} GB，空闲 {free} GB）。</translation>
    </message>
    <message>
        <source>{words} and {count} more</source>
        <translation>{words} 以及另外 {count} 个</translation>
    </message>
    <message>
        <source>{wrong} and {count} more do not fit</source>
        <translation>{wrong}，另有 {count} 处不符</translation>
    </message>
    <message>
        <source>The layer {name} has no mask.</source>
        <translation>图层 {name} 没有蒙版。</translation>
    </message>
    <message>
        <source>A control layer cannot be felt from {start:g} to {end:g} of the steps.</source>
        <translation>控制图层不能在步数的 {start:g} 到 {end:g} 之间起作用。</translation>
    </message>
    <message>
        <source>A control layer cannot have the strength {strength:g}.</source>
        <translation>控制图层的强度不能是 {strength:g}。</translation>
    </message>
    <message>
        <source>A picture cannot have more than {max_guides} control layers.</source>
        <translation>一张图片最多只能有 {max_guides} 个控制图层。</translation>
    </message>
    <message>
        <source>A sheet of {count} sprites would have {width}x{height} pixels; {max_sheet_side} is the most.</source>
        <translation>{count} 个精灵的精灵表会有 {width}x{height} 像素；最多 {max_sheet_side}。</translation>
    </message>
    <message>
        <source>Add one first.</source>
        <translation>请先添加一个。</translation>
    </message>
    <message>
        <source>All {count} sprites are empty.</source>
        <translation>全部 {count} 个精灵都是空的。</translation>
    </message>
    <message>
        <source>Ask for one picture.</source>
        <translation>请只要求一张图片。</translation>
    </message>
    <message>
        <source>Ask its author.</source>
        <translation>请询问其作者。</translation>
    </message>
    <message>
        <source>Choose an OpenRaster, PSD, Krita, PNG, JPEG, WebP or GIF file.</source>
        <translation>请选择 OpenRaster、PSD、Krita、PNG、JPEG、WebP 或 GIF 文件。</translation>
    </message>
    <message>
        <source>Choose another control network or another model, or switch the control layer off.</source>
        <translation>请选择其他控制网络或其他模型，或关闭此控制图层。</translation>
    </message>
    <message>
        <source>Choose another name: a sheet is a .png and a .json file.</source>
        <translation>请换一个名称：精灵表由 .png 和 .json 两个文件组成。</translation>
    </message>
    <message>
        <source>Choose another scheduler, or switch its guides off.</source>
        <translation>请选择其他调度器，或关闭其控制项。</translation>
    </message>
    <message>
        <source>Choose layers or frames that show something.</source>
        <translation>请选择有内容的图层或帧。</translation>
    </message>
    <message>
        <source>Choose layers, frames or pictures for it.</source>
        <translation>请为它选择图层、帧或图片。</translation>
    </message>
    <message>
        <source>Enable the plugin that has it, or remove the control layer.</source>
        <translation>请启用提供它的插件，或移除此控制图层。</translation>
    </message>
    <message>
        <source>Get one that was taught with ADE20K.</source>
        <translation>请获取用 ADE20K 训练的模型。</translation>
    </message>
    <message>
        <source>Get {file} of {repository} in the Models window, or switch the control layer off.</source>
        <translation>请在“模型”窗口中获取 {repository} 的 {file}，或关闭此控制图层。</translation>
    </message>
    <message>
        <source>Give 0 to {most} pixels.</source>
        <translation>请给出 0 到 {most} 像素。</translation>
    </message>
    <message>
        <source>Give a name that ends in .png.</source>
        <translation>请给出以 .png 结尾的名称。</translation>
    </message>
    <message>
        <source>Make it larger first, with the canvas edges tool, or erase a part.</source>
        <translation>请先用画布边缘工具扩大画布，或擦除一部分。</translation>
    </message>
    <message>
        <source>Move it above another one that is no adjustment layer, in the same group.</source>
        <translation>请把它移到同一组中另一个非调整图层的上方。</translation>
    </message>
    <message>
        <source>Paint it yourself and say that it is a control picture already, or enable a plugin that can.</source>
        <translation>请自己绘制，并说明它已经是控制图，或启用能够生成它的插件。</translation>
    </message>
    <message>
        <source>Put one that was made for this model there, or switch the control layer off.</source>
        <translation>请放入为此模型制作的控制网络，或关闭此控制图层。</translation>
    </message>
    <message>
        <source>Put the file there, choose another network, or switch the control layer off.</source>
        <translation>请放入该文件，选择其他网络，或关闭此控制图层。</translation>
    </message>
    <message>
        <source>Seeds were to be blended for several pictures.</source>
        <translation>要求为多张图片混合种子。</translation>
    </message>
    <message>
        <source>Switch off the tiling, or these, or choose a Stable Diffusion model.</source>
        <translation>请关闭平铺，或关闭控制图层和区域，或选择 Stable Diffusion 模型。</translation>
    </message>
    <message>
        <source>The adjustment {name!r} looks a little different in Photoshop.</source>
        <translation>调整图层 {name!r} 在 Photoshop 中看起来会略有不同。</translation>
    </message>
    <message>
        <source>The control layer {guide} cannot be used with {model}: its family has no control networks here.</source>
        <translation>控制图层“{guide}”不能与 {model} 一起使用：这里没有适用于其系列的控制网络。</translation>
    </message>
    <message>
        <source>The control network {network} of the control layer {guide} is not in the models folders.</source>
        <translation>控制图层“{guide}”的控制网络 {network} 不在模型文件夹中。</translation>
    </message>
    <message>
        <source>The layer that was to be drawn after ({guide}) is not there any more.</source>
        <translation>要依照的图层（{guide}）已不存在。</translation>
    </message>
    <message>
        <source>The pictures in {folder} were drawn with other settings.</source>
        <translation>{folder} 中的图片是用其他设置画出的。</translation>
    </message>
    <message>
        <source>There is no kind of control layer {kind!r} here.</source>
        <translation>这里没有控制图层种类 {kind!r}。</translation>
    </message>
    <message>
        <source>This model cannot draw a picture that tiles after control layers or regions.</source>
        <translation>这个模型不能按控制图层或区域绘制可平铺的图片。</translation>
    </message>
    <message>
        <source>Undo the deletion, choose another layer, or remove it from the list.</source>
        <translation>请撤销删除，选择其他图层，或将其从列表中移除。</translation>
    </message>
    <message>
        <source>Unlock it in the Layers panel.</source>
        <translation>请在图层面板中解锁。</translation>
    </message>
    <message>
        <source>Update Shoreline.</source>
        <translation>请更新 Shoreline。</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>Use a plain @hookimpl.</source>
        <translation>请用普通的 @hookimpl。</translation>
    </message>
    <message>
        <source>Use one that was made for models of this family, or download it again.</source>
        <translation>请使用为这个系列的模型制作的，或重新下载。</translation>
    </message>
    <message>
        <source>Use that one.</source>
        <translation>请使用那一个。</translation>
    </message>
    <message>
        <source>VAE</source>
        <translation>VAE</translation>
    </message>
    <message>
        <source>VAE of Stable Diffusion XL</source>
        <translation>Stable Diffusion XL 的 VAE</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变化幅度</translation>
    </message>
    <message>
        <source>ViTPose, base</source>
        <translation>ViTPose，基础版</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it.</source>
        <translation>请等它结束，或停止它。</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it.</source>
        <translation>请等它完成，或取消它。</translation>
    </message>
    <message>
        <source>Wait until that has ended, or cancel it there.</source>
        <translation>请等它结束，或在那里取消。</translation>
    </message>
    <message>
        <source>Weight of {lora}</source>
        <translation>{lora} 的权重</translation>
    </message>
    <message>
        <source>What is drawn now is not kept in it.</source>
        <translation>现在画的图片不会保留在其中。</translation>
    </message>
    <message>
        <source>What single layers were drawn with is not kept.</source>
        <translation>各图层的生成设置和绘制时的蒙版不会保留。</translation>
    </message>
    <message>
        <source>What the plugin {plugin_id} needs does not go together with Shoreline, its engine and the other plugins: {gist}</source>
        <translation>插件 {plugin_id} 所需的与 Shoreline、其引擎和其他插件不能共存：{gist}</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Write 24, 23.976 or 24000/1001.</source>
        <translation>请写成 24、23.976 或 24000/1001。</translation>
    </message>
    <message>
        <source>Write 8, 12, 20, or 1-10, or 1-10 (+2), or 0-1 [5].</source>
        <translation>请写成 8, 12, 20，或 1-10，或 1-10 (+2)，或 0-1 [5]。</translation>
    </message>
    <message>
        <source>Write a file before it: scene.ora{part}.</source>
        <translation>请在前面写上文件：scene.ora{part}。</translation>
    </message>
    <message>
        <source>Write a simpler one.</source>
        <translation>请写得简单一些。</translation>
    </message>
    <message>
        <source>Write a step such as (+1).</source>
        <translation>请写一个步长，例如 (+1)。</translation>
    </message>
    <message>
        <source>Write a whole number from 0 to {max_seed}.</source>
        <translation>请写 0 到 {max_seed} 的整数。</translation>
    </message>
    <message>
        <source>Write another value.</source>
        <translation>请写别的值。</translation>
    </message>
    <message>
        <source>Write at most {max_length}.</source>
        <translation>最多写 {max_length} 个。</translation>
    </message>
    <message>
        <source>Write at most {max_prompt}.</source>
        <translation>最多写 {max_prompt} 个。</translation>
    </message>
    <message>
        <source>Write colours as #rrggbb, or the lines of a .gpl file.</source>
        <translation>请将颜色写成 #rrggbb，或粘贴 .gpl 文件中的各行。</translation>
    </message>
    <message>
        <source>Write it like &quot;scipy&gt;=1.11&quot;.</source>
        <translation>请写成 &quot;scipy&gt;=1.11&quot; 这样。</translation>
    </message>
    <message>
        <source>Write it like suffixes=(&quot;tif&quot;, &quot;tiff&quot;).</source>
        <translation>请写成 suffixes=(&quot;tif&quot;, &quot;tiff&quot;) 这样。</translation>
    </message>
    <message>
        <source>Write it where the words of the person go: prompt=&quot;a watercolour of {place}&quot;.</source>
        <translation>请写在用户的词所在的位置：prompt=&quot;a watercolour of {place}&quot;。</translation>
    </message>
    <message>
        <source>Write red, green and blue like #336699.</source>
        <translation>请把红、绿、蓝写成 #336699 这样。</translation>
    </message>
    <message>
        <source>Write some into its prompt.</source>
        <translation>请在其 prompt 中写一些。</translation>
    </message>
    <message>
        <source>Write the name of one behind it.</source>
        <translation>请在后面写上图层名称。</translation>
    </message>
    <message>
        <source>Write width x height in pixels, such as 512x512.</source>
        <translation>请以像素写出宽 x 高，例如 512x512。</translation>
    </message>
    <message>
        <source>You may not write in {folder}.</source>
        <translation>你不能写入 {folder}。</translation>
    </message>
    <message>
        <source>You may not write there: choose another folder, or change its permissions.</source>
        <translation>你不能写入那里：请选择别的文件夹，或更改其权限。</translation>
    </message>
    <message>
        <source>Your disk quota is used up: free some space or save elsewhere.</source>
        <translation>你的磁盘配额已用完：请腾出空间，或保存到别处。</translation>
    </message>
    <message>
        <source>a ControlNet</source>
        <translation> ControlNet</translation>
    </message>
    <message>
        <source>a LoRA</source>
        <translation> LoRA</translation>
    </message>
    <message>
        <source>a VAE</source>
        <translation> VAE</translation>
    </message>
    <message>
        <source>a beach, a forest</source>
        <translation>海滩, 森林</translation>
    </message>
    <message>
        <source>a cat, a dog</source>
        <translation>一只猫, 一只狗</translation>
    </message>
    <message>
        <source>a motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>a part of one</source>
        <translation>模型的一部分</translation>
    </message>
    <message>
        <source>a row holds what does not belong there</source>
        <translation>有一行含有不属于它的内容</translation>
    </message>
    <message>
        <source>an IP-Adapter</source>
        <translation> IP-Adapter</translation>
    </message>
    <message>
        <source>an embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>an upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>another file</source>
        <translation>别的文件</translation>
    </message>
    <message>
        <source>bytes are missing at its end</source>
        <translation>末尾缺少字节</translation>
    </message>
    <message>
        <source>columns cannot be {columns}.</source>
        <translation>columns 不能是 {columns}。</translation>
    </message>
    <message>
        <source>compact upscaler</source>
        <translation>紧凑放大模型</translation>
    </message>
    <message>
        <source>control layers</source>
        <translation>控制图层</translation>
    </message>
    <message>
        <source>count cannot be {count}.</source>
        <translation>count 不能是 {count}。</translation>
    </message>
    <message>
        <source>fps cannot be {fps:g}.</source>
        <translation>fps 不能是 {fps:g}。</translation>
    </message>
    <message>
        <source>guidance_scale cannot be {guidance_scale}.</source>
        <translation>guidance_scale 不能是 {guidance_scale}。</translation>
    </message>
    <message>
        <source>in {minutes:.0f} minutes</source>
        <translation> {minutes:.0f} 分钟后</translation>
    </message>
    <message>
        <source>in {seconds:.0f} seconds</source>
        <translation> {seconds:.0f} 秒后</translation>
    </message>
    <message>
        <source>inpainting</source>
        <translation>局部重绘</translation>
    </message>
    <message>
        <source>is a pickle file</source>
        <translation>是 pickle 文件</translation>
    </message>
    <message>
        <source>is a pickle file under another name</source>
        <translation>是改了名的 pickle 文件</translation>
    </message>
    <message>
        <source>it draws nothing alone</source>
        <translation>它自己画不出图</translation>
    </message>
    <message>
        <source>it ends too soon</source>
        <translation>它结束得太早</translation>
    </message>
    <message>
        <source>it has {size}</source>
        <translation>它有 {size}</translation>
    </message>
    <message>
        <source>it holds numbers that are none</source>
        <translation>其中有无效的数字</translation>
    </message>
    <message>
        <source>it is a GGUF file that was renamed</source>
        <translation>它是改了名的 GGUF 文件</translation>
    </message>
    <message>
        <source>it is a depth model, which is shown distances too</source>
        <translation>它是深度模型，还需要距离信息</translation>
    </message>
    <message>
        <source>it is a pointer of Git LFS, a line of text; the file itself was not downloaded</source>
        <translation>它只是 Git LFS 的指针，一行文字；文件本身没有下载</translation>
    </message>
    <message>
        <source>it is a smaller XL, such as SSD-1B, which is not supported</source>
        <translation>它是缩小的 XL，例如 SSD-1B，不受支持</translation>
    </message>
    <message>
        <source>it is a web page: what should have been downloaded was not, perhaps for want of a login</source>
        <translation>它是网页：应下载的内容没有下载到，也许是因为没有登录</translation>
    </message>
    <message>
        <source>it is an InstructPix2Pix model, which is shown a picture too</source>
        <translation>它是 InstructPix2Pix 模型，还需要一张图片</translation>
    </message>
    <message>
        <source>it is an unCLIP model, which is shown a picture too</source>
        <translation>它是 unCLIP 模型，还需要一张图片</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it is for {mode}, the picture is {other}</source>
        <translation>它用于 {mode}，而图片是 {other}</translation>
    </message>
    <message>
        <source>it is not a safetensors file or its start is damaged</source>
        <translation>它不是 safetensors 文件，或开头已损坏</translation>
    </message>
    <message>
        <source>it is the x4 upscaler of Stable Diffusion 2, which is shown a small picture too</source>
        <translation>它是 Stable Diffusion 2 的四倍放大模型，还需要一张小图</translation>
    </message>
    <message>
        <source>it was taught with EDM&apos;s noise (as CosXL), which is not supported</source>
        <translation>它是用 EDM 的噪声训练的（如 CosXL），不受支持</translation>
    </message>
    <message>
        <source>it was taught with EDM&apos;s noise (as Playground 2.5), which is not supported</source>
        <translation>它是用 EDM 的噪声训练的（如 Playground 2.5），不受支持</translation>
    </message>
    <message>
        <source>its UNet takes {channels} channels</source>
        <translation>其 UNet 接受 {channels} 个通道</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>无法读取其文件头</translation>
    </message>
    <message>
        <source>its weights are packed by bitsandbytes, which is not supported</source>
        <translation>其权重由 bitsandbytes 压缩，不受支持</translation>
    </message>
    <message>
        <source>later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>loops cannot be {loops}.</source>
        <translation>loops 不能是 {loops}。</translation>
    </message>
    <message>
        <source>motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>no tensors</source>
        <translation>没有张量</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>picture encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>preview decoder</source>
        <translation>预览解码器</translation>
    </message>
    <message>
        <source>preview encoder</source>
        <translation>预览编码器</translation>
    </message>
    <message>
        <source>quality cannot be {quality}.</source>
        <translation>quality 不能是 {quality}。</translation>
    </message>
    <message>
        <source>red, blue, green</source>
        <translation>红, 蓝, 绿</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>second text encoder</source>
        <translation>第二个文本编码器</translation>
    </message>
    <message>
        <source>steps cannot be {steps}.</source>
        <translation>steps 不能是 {steps}。</translation>
    </message>
    <message>
        <source>strength cannot be {strength}.</source>
        <translation>strength 不能是 {strength}。</translation>
    </message>
    <message>
        <source>text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>text encoder and language model</source>
        <translation>文本编码器和语言模型</translation>
    </message>
    <message>
        <source>the place of the tensor {name!r} does not fit its shape</source>
        <translation>张量 {name!r} 的位置与其形状不符</translation>
    </message>
    <message>
        <source>the tensor {tensor} has numbers that are none (NaN or infinite)</source>
        <translation>张量 {tensor} 中有无效的数字（NaN 或无穷大）</translation>
    </message>
    <message>
        <source>the weights of the {network} have scales by blocks, which are not supported</source>
        <translation>{network}的权重带有按块的缩放系数，不受支持</translation>
    </message>
    <message>
        <source>the {network} is not whole: {wrong}</source>
        <translation>{network}不完整：{wrong}</translation>
    </message>
    <message>
        <source>trim cannot be {trim}.</source>
        <translation>trim 不能是 {trim}。</translation>
    </message>
    <message>
        <source>upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>uv, which installs engines, is not here.</source>
        <translation>这里没有安装引擎所需的 uv。</translation>
    </message>
    <message>
        <source>v-prediction</source>
        <translation>v 预测</translation>
    </message>
    <message>
        <source>{adapter}: motion_max_seq_length cannot be used.</source>
        <translation>{adapter}：motion_max_seq_length 不能使用。</translation>
    </message>
    <message>
        <source>{archive} holds no plugin: no entry point in {entry_point_group} names a folder with a plugin.toml.</source>
        <translation>{archive} 中没有插件：{entry_point_group} 中没有入口点指向含有 plugin.toml 的文件夹。</translation>
    </message>
    <message>
        <source>{archive} holds no plugin: there is no plugin.toml in it.</source>
        <translation>{archive} 中没有插件：其中没有 plugin.toml。</translation>
    </message>
    <message>
        <source>{archive} holds several plugins.</source>
        <translation>{archive} 中有几个插件。</translation>
    </message>
    <message>
        <source>{archive} is a zip archive, but not an OpenRaster picture.</source>
        <translation>{archive} 是 zip 压缩包，但不是 OpenRaster 图片。</translation>
    </message>
    <message>
        <source>{count} bytes are missing at its end</source>
        <translation>末尾缺少 {count} 字节</translation>
    </message>
    <message>
        <source>{count} colours could not be read and were left out.</source>
        <translation>{count} 种颜色无法读取，已略去。</translation>
    </message>
    <message>
        <source>{count} frames cannot be drawn together: {adapter} sees 1 to {longest}.</source>
        <translation>不能一起绘制 {count} 帧：{adapter} 能看到 1 到 {longest} 帧。</translation>
    </message>
    <message>
        <source>{count} tensors, such as {names}</source>
        <translation>{count} 个张量，例如 {names}</translation>
    </message>
    <message>
        <source>{device} ({torch_name}) cannot be used: {reason}.</source>
        <translation>不能使用 {device}（{torch_name}）：{reason}。</translation>
    </message>
    <message>
        <source>{duty}, but has a {kind}.</source>
        <translation>{duty}，但含有 {kind}。</translation>
    </message>
    <message>
        <source>{duty}, not {kind}.</source>
        <translation>{duty}，而不是 {kind}。</translation>
    </message>
    <message>
        <source>{empty} of {count} sprites are empty.</source>
        <translation>{count} 个精灵中有 {empty} 个是空的。</translation>
    </message>
    <message>
        <source>{failed} of {count} pictures could not be drawn; why stands in their places.</source>
        <translation>{count} 张中有 {failed} 张没能画出；原因写在它们的位置上。</translation>
    </message>
    <message>
        <source>{family} checkpoint</source>
        <translation>{family} 检查点</translation>
    </message>
    <message>
        <source>{family} folder</source>
        <translation>{family} 文件夹</translation>
    </message>
    <message>
        <source>{family} {network} alone</source>
        <translation>单独的 {family} {network}</translation>
    </message>
    <message>
        <source>{file_format} holds sides of at most {longest} pixels; the frames are {width}x{height}.</source>
        <translation>{file_format} 的边长最多为 {longest} 像素；帧是 {width}x{height}。</translation>
    </message>
    <message>
        <source>{file} cannot be imported.</source>
        <translation>不能导入 {file}。</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture.</source>
        <translation>{file} 不能作为图片读取。</translation>
    </message>
    <message>
        <source>{file} cannot name a source or mask whose file name is no Unicode.</source>
        <translation>{file} 不能引用文件名不是 Unicode 的源或蒙版。</translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} could not be saved: {reason}.</source>
        <translation>{file} 不能保存：{reason}。</translation>
    </message>
    <message>
        <source>{file} has no layer {layer!r}.</source>
        <translation>{file} 中没有图层 {layer!r}。</translation>
    </message>
    <message>
        <source>{file} has {count} layers {layer!r}.</source>
        <translation>{file} 中有 {count} 个图层名为 {layer!r}。</translation>
    </message>
    <message>
        <source>{file} holds no brush of Krita.</source>
        <translation>{file} 中没有 Krita 画笔。</translation>
    </message>
    <message>
        <source>{file} holds no colour that can be read.</source>
        <translation>{file} 中没有可以读取的颜色。</translation>
    </message>
    <message>
        <source>{file} holds no {names}, and no other file has one that fits.</source>
        <translation>{file} 中没有{names}，也没有其他文件含有合适的。</translation>
    </message>
    <message>
        <source>{file} in {archive} is a link or a device.</source>
        <translation>{archive} 中的 {file} 是链接或设备。</translation>
    </message>
    <message>
        <source>{file} is a brush of an old MyPaint.</source>
        <translation>{file} 是旧版 MyPaint 的画笔。</translation>
    </message>
    <message>
        <source>{file} is a folder.</source>
        <translation>{file} 是文件夹。</translation>
    </message>
    <message>
        <source>{file} is a network that enlarges pictures ({what}) and draws none. It belongs in the upscalers folder, which `shoreline doctor` names.</source>
        <translation>{file} 是放大图片的网络（{what}），不能绘制。它应放在放大模型的文件夹中，`shoreline doctor` 会显示其位置。</translation>
    </message>
    <message>
        <source>{file} is a {what} in one file, which is not supported. Download one in the layout of diffusers: a folder with config.json and .safetensors.</source>
        <translation>{file} 是单个文件的{what}，不受支持。请下载 diffusers 结构的：含有 config.json 和 .safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>{file} is a {what} that cannot be used: {reason}. Choose another, or download it again.</source>
        <translation>{file} 是不能使用的 {what}：{reason}。请选择别的，或重新下载。</translation>
    </message>
    <message>
        <source>{file} is a {what}; Shoreline does not draw with its family. Supported are {names}.</source>
        <translation>{file} 是 {what}；Shoreline 不用这个系列绘制。支持的有 {names}。</translation>
    </message>
    <message>
        <source>{file} is for Krita&apos;s engine “{engine}”, which Shoreline does not have.</source>
        <translation>{file} 用于 Krita 的“{engine}”引擎，Shoreline 没有该引擎。</translation>
    </message>
    <message>
        <source>{file} is larger than {max_bytes}.</source>
        <translation>{file} 大于 {max_bytes}。</translation>
    </message>
    <message>
        <source>{file} is missing.</source>
        <translation>缺少 {file}。</translation>
    </message>
    <message>
        <source>{file} is no brush of Krita that can be read ({reason}).</source>
        <translation>{file} 不是可读取的 Krita 画笔（{reason}）。</translation>
    </message>
    <message>
        <source>{file} is no brush of Krita.</source>
        <translation>{file} 不是 Krita 画笔。</translation>
    </message>
    <message>
        <source>{file} is no brush of MyPaint that can be read ({reason}).</source>
        <translation>{file} 不是可读取的 MyPaint 画笔（{reason}）。</translation>
    </message>
    <message>
        <source>{file} is no brush preset that can be read ({reason}).</source>
        <translation>{file} 不是可读取的画笔预设（{reason}）。</translation>
    </message>
    <message>
        <source>{file} is no model: {what}.</source>
        <translation>{file} 不是模型：{what}。</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text.</source>
        <translation>{file} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>{file} is not a palette that Shoreline knows.</source>
        <translation>{file} 不是 Shoreline 认识的调色板。</translation>
    </message>
    <message>
        <source>{file} is not valid TOML: {reason}.</source>
        <translation>{file} 不是有效的 TOML：{reason}。</translation>
    </message>
    <message>
        <source>{file} is of a kind that Shoreline does not know ({held}). If you know what it is, say so in the Models window.</source>
        <translation>{file} 属于 Shoreline 不认识的类型（{held}）。如果你知道它是什么，请在“模型”窗口中说明。</translation>
    </message>
    <message>
        <source>{file} is one of the {count} pieces of a model. They are read from the folder of a whole model, beside its model_index.json.</source>
        <translation>{file} 是模型的 {count} 个部分之一。它们从完整模型的文件夹中读取，与其 model_index.json 放在一起。</translation>
    </message>
    <message>
        <source>{file} is there already and does not belong to a sheet of this name.</source>
        <translation>{file} 已经存在，且不属于这个名称的精灵表。</translation>
    </message>
    <message>
        <source>{file} is too large for a brush.</source>
        <translation>{file} 太大，不能作为画笔。</translation>
    </message>
    <message>
        <source>{file} is too large for a palette.</source>
        <translation>{file} 太大，不能作为调色板。</translation>
    </message>
    <message>
        <source>{file} of {source} arrived damaged.</source>
        <translation>{source} 的 {file} 到达时已损坏。</translation>
    </message>
    <message>
        <source>{file} of {source} broke off.</source>
        <translation>{source} 的 {file} 中断了。</translation>
    </message>
    <message>
        <source>{file} of {source} has changed, or the server mixes its parts up.</source>
        <translation>{source} 的 {file} 已有变化，或者服务器弄乱了各部分。</translation>
    </message>
    <message>
        <source>{file} {what}, which can run code when it is opened, so it is not loaded.</source>
        <translation>{file} {what}，打开时可能运行代码，因此不会加载。</translation>
    </message>
    <message>
        <source>{file}: Shoreline does not write {what}.</source>
        <translation>{file}：Shoreline 不写入{what}。</translation>
    </message>
    <message>
        <source>{file}: Shoreline writes no animations that end in {suffix}.</source>
        <translation>{file}：Shoreline 不能写入以 {suffix} 结尾的动画。</translation>
    </message>
    <message>
        <source>{file}: a mask needs a source, which shows outside of it.</source>
        <translation>{file}：蒙版需要源，蒙版之外显示的是源。</translation>
    </message>
    <message>
        <source>{file}: a sprite sheet is a .png file with a .json file beside it.</source>
        <translation>{file}：精灵表是一个 .png 文件，旁边有一个 .json 文件。</translation>
    </message>
    <message>
        <source>{file}: the mode {spec} needs a source.</source>
        <translation>{file}：模式 {spec} 需要源。</translation>
    </message>
    <message>
        <source>{file}: there is no key {key}.</source>
        <translation>{file}：没有 {key} 这个键。</translation>
    </message>
    <message>
        <source>{file}: {key} cannot be {shown}: {reason}.</source>
        <translation>{file}：{key} 不能是 {shown}：{reason}。</translation>
    </message>
    <message>
        <source>{file}: {key} has a value that cannot be used.</source>
        <translation>{file}：{key} 的值不能使用。</translation>
    </message>
    <message>
        <source>{file}: {key} is missing.</source>
        <translation>{file}：缺少 {key}。</translation>
    </message>
    <message>
        <source>{file}: {name} has a value that cannot be used.</source>
        <translation>{file}：{name} 的值不能使用。</translation>
    </message>
    <message>
        <source>{file}: {text}</source>
        <translation>{file}：{text}</translation>
    </message>
    <message>
        <source>{first} {then}</source>
        <translation>{first} {then}</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {reason}.</source>
        <translation>不能写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} could not be made: {reason}.</source>
        <translation>不能创建 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} could not be read: {reason}.</source>
        <translation>无法读取 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} holds no frames.</source>
        <translation>{folder} 中没有帧。</translation>
    </message>
    <message>
        <source>{folder} holds no plugin: there is no plugin.toml in it.</source>
        <translation>{folder} 中没有插件：其中没有 plugin.toml。</translation>
    </message>
    <message>
        <source>{folder} holds no tokenizer.</source>
        <translation>{folder} 中没有分词器。</translation>
    </message>
    <message>
        <source>{folder} holds no weights.</source>
        <translation>{folder} 中没有权重。</translation>
    </message>
    <message>
        <source>{folder} holds something else.</source>
        <translation>{folder} 中有别的内容。</translation>
    </message>
    <message>
        <source>{folder} is in use by another run.</source>
        <translation>{folder} 正被另一次运行使用。</translation>
    </message>
    <message>
        <source>{folder} is incomplete: of the {count} pieces of its weights {missing} are missing.</source>
        <translation>{folder} 不完整：其权重的 {count} 个部分中缺少 {missing} 个。</translation>
    </message>
    <message>
        <source>{folder} is incomplete: the folder {name!r} is missing.</source>
        <translation>{folder} 不完整：缺少文件夹 {name!r}。</translation>
    </message>
    <message>
        <source>{folder} is not a model folder: model_index.json is missing.</source>
        <translation>{folder} 不是模型文件夹：缺少 model_index.json。</translation>
    </message>
    <message>
        <source>{folder} is of the kind {name!r}, which is not supported.</source>
        <translation>{folder} 属于 {name!r} 类型，不受支持。</translation>
    </message>
    <message>
        <source>{folder} is there already and not empty.</source>
        <translation>{folder} 已经存在，而且不是空的。</translation>
    </message>
    <message>
        <source>{folder} is there already.</source>
        <translation>{folder} 已经存在。</translation>
    </message>
    <message>
        <source>{folder} was taught with another kind of noise ({name}), which is not supported.</source>
        <translation>{folder} 是用另一种噪声训练的（{name}），不受支持。</translation>
    </message>
    <message>
        <source>{fps:g} frames per second are not possible.</source>
        <translation>不能每秒 {fps:g} 帧。</translation>
    </message>
    <message>
        <source>{frames} frames of {width}x{height} take {needed} of memory.</source>
        <translation>{frames} 帧 {width}x{height} 会占用 {needed} 内存。</translation>
    </message>
    <message>
        <source>{frames} has {count} frames; frame {index} was asked for.</source>
        <translation>{frames} 有 {count} 帧；要求的是第 {index} 帧。</translation>
    </message>
    <message>
        <source>{hint} Pictures are drawn as ever, but not kept in the gallery.</source>
        <translation>{hint}图片照常绘制，但不会保留在图库中。</translation>
    </message>
    <message>
        <source>{hint} The old file was not touched.</source>
        <translation>{hint} 原来的文件没有改动。</translation>
    </message>
    <message>
        <source>{info} is no IP-Adapter that Shoreline draws with.</source>
        <translation>{info} 不是 Shoreline 用来绘制的 IP-Adapter。</translation>
    </message>
    <message>
        <source>{info} is no control network that Shoreline draws with.</source>
        <translation>{info} 不是 Shoreline 用来绘制的控制网络。</translation>
    </message>
    <message>
        <source>{key} has the shape {found} instead of {wanted}</source>
        <translation>{key} 的形状是 {found} 而不是 {wanted}</translation>
    </message>
    <message>
        <source>{key} is missing</source>
        <translation>缺少 {key}</translation>
    </message>
    <message>
        <source>{label} ({parameter}) cannot be {value!r}.</source>
        <translation>{label}（{parameter}）不能是 {value!r}。</translation>
    </message>
    <message>
        <source>{label} is no flat picture.</source>
        <translation>{label} 不是平面图片。</translation>
    </message>
    <message>
        <source>{label}: {reason}.</source>
        <translation>{label}：{reason}。</translation>
    </message>
    <message>
        <source>{line!r} is no pair of pieces that its words are made of</source>
        <translation>{line!r} 不是构成其词语的一对片段</translation>
    </message>
    <message>
        <source>{model} cannot be used: {problem}</source>
        <translation>不能使用 {model}：{problem}</translation>
    </message>
    <message>
        <source>{model} hears no negative prompt: its guidance is built into the network.</source>
        <translation>{model} 不理会反向提示词：它的引导已内置在网络中。</translation>
    </message>
    <message>
        <source>{model} is no model but {kind}, which draws nothing alone.</source>
        <translation>{model} 不是模型而是{kind}，它自己画不出图。</translation>
    </message>
    <message>
        <source>{name!r} blends in a mode that Photoshop does not have: it is hidden and only the flat picture shows it.</source>
        <translation>{name!r} 使用 Photoshop 没有的混合模式：它在那里是隐藏的，只有合并后的图片显示它。</translation>
    </message>
    <message>
        <source>{name!r} gives no id for a plugin.</source>
        <translation>{name!r} 不能成为插件的 id。</translation>
    </message>
    <message>
        <source>{name!r} has a mask of kind {kind!r}, which is not supported, and was left out.</source>
        <translation>{name!r} 有一个 {kind!r} 类型的蒙版，尚不支持，已略去。</translation>
    </message>
    <message>
        <source>{name!r} has no counterpart in Photoshop: only the flat picture shows it.</source>
        <translation>{name!r} 在 Photoshop 中没有对应的图层：只有合并后的图片显示它。</translation>
    </message>
    <message>
        <source>{name!r} is a copy of another layer: it was opened as pixels.</source>
        <translation>{name!r} 是另一图层的克隆：已作为像素打开。</translation>
    </message>
    <message>
        <source>{name!r} is animated too: only one frame of it is read.</source>
        <translation>{name!r} 也是动画图层：只读取其中一帧。</translation>
    </message>
    <message>
        <source>{name!r} is stored as pixels.</source>
        <translation>{name!r} 作为像素保存。</translation>
    </message>
    <message>
        <source>{name!r} is stored as pixels: what it makes of the layers below it now.</source>
        <translation>{name!r} 作为像素保存：即它现在对下方图层的效果。</translation>
    </message>
    <message>
        <source>{name} cannot be {first!r}: {reason}.</source>
        <translation>{name} 不能是 {first!r}：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be {number}.</source>
        <translation>“{name}”不能是 {number}。</translation>
    </message>
    <message>
        <source>{name} cannot be {side}: this model needs multiples of {multiple}.</source>
        <translation>{name} 不能是 {side}：这个模型需要 {multiple} 的倍数。</translation>
    </message>
    <message>
        <source>{name} cannot be {value!r}.</source>
        <translation>{name} 不能是 {value!r}。</translation>
    </message>
    <message>
        <source>{name} cannot be {value}.</source>
        <translation>{name} 不能是 {value}。</translation>
    </message>
    <message>
        <source>{name} could not be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} ends after {shown} of {count} frames.</source>
        <translation>{name} 在 {count} 帧中的第 {shown} 帧之后就结束了。</translation>
    </message>
    <message>
        <source>{name} has a codec that this build cannot read.</source>
        <translation>{name} 的编码这个版本不能读取。</translation>
    </message>
    <message>
        <source>{name} has a keyframe with frame = {after} after one with frame = {before}.</source>
        <translation>{name} 中 frame = {after} 的关键帧排在 frame = {before} 之后。</translation>
    </message>
    <message>
        <source>{name} has a keyframe with frame = {frames}.</source>
        <translation>{name} 有一个关键帧的 frame = {frames}。</translation>
    </message>
    <message>
        <source>{name} has a keyframe with frame = {last}, past the end: the last of {frames} has frame = {end}.</source>
        <translation>{name} 有一个关键帧的 frame = {last}，超出了末尾：{frames} 帧中的最后一帧是 frame = {end}。</translation>
    </message>
    <message>
        <source>{name} has frames of {other_width}x{other_height} and of {width}x{height} pixels.</source>
        <translation>{name} 既有 {other_width}x{other_height} 像素的帧，也有 {width}x{height} 的。</translation>
    </message>
    <message>
        <source>{name} has more than {max_files} files or {max_bytes}.</source>
        <translation>{name} 超过 {max_files} 个文件或 {max_bytes}。</translation>
    </message>
    <message>
        <source>{name} has no file {file}.</source>
        <translation>{name} 没有文件 {file}。</translation>
    </message>
    <message>
        <source>{name} has no frames.</source>
        <translation>{name} 没有帧。</translation>
    </message>
    <message>
        <source>{name} has no keyframes.</source>
        <translation>{name} 没有关键帧。</translation>
    </message>
    <message>
        <source>{name} has no pictures in it.</source>
        <translation>{name} 中没有图像。</translation>
    </message>
    <message>
        <source>{name} has the argument {parameter!r}; {hook} takes ({names}).</source>
        <translation>{name} 有参数 {parameter!r}；{hook} 接受（{names}）。</translation>
    </message>
    <message>
        <source>{name} has {size}.</source>
        <translation>{name} 有 {size}。</translation>
    </message>
    <message>
        <source>{name} has {width}x{height} pixels, more than Shoreline opens.</source>
        <translation>{name} 有 {width}x{height} 像素，超过 Shoreline 能打开的大小。</translation>
    </message>
    <message>
        <source>{name} holds sound only, and no film.</source>
        <translation>{name} 只有声音，没有影像。</translation>
    </message>
    <message>
        <source>{name} holds the picture without its layers and mask.</source>
        <translation>{name} 只含合并后的图片，不含图层和蒙版。</translation>
    </message>
    <message>
        <source>{name} is a Photoshop file of the unknown version {version}.</source>
        <translation>{name} 是版本 {version} 未知的 Photoshop 文件。</translation>
    </message>
    <message>
        <source>{name} is a hook wrapper, which Shoreline does not call.</source>
        <translation>{name} 是钩子包装器，Shoreline 不调用它。</translation>
    </message>
    <message>
        <source>{name} is a layered picture without a timeline.</source>
        <translation>{name} 是没有时间轴的分层图片。</translation>
    </message>
    <message>
        <source>{name} is a pickle, which can run code when it is opened.</source>
        <translation>{name} 是 pickle 文件，打开时可能运行代码。</translation>
    </message>
    <message>
        <source>{name} is a {named} model, which is not supported.</source>
        <translation>{name} 是 {named} 模型，不受支持。</translation>
    </message>
    <message>
        <source>{name} is damaged ({reason}).</source>
        <translation>{name} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete ({reason}).</source>
        <translation>{name} 已损坏或不完整（{reason}）。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} 是空的。</translation>
    </message>
    <message>
        <source>{name} is in {color_mode} colours, which Shoreline does not read.</source>
        <translation>{name} 使用 {color_mode} 颜色，Shoreline 不读取。</translation>
    </message>
    <message>
        <source>{name} is larger than {max_manifest_bytes} bytes.</source>
        <translation>{name} 大于 {max_manifest_bytes} 字节。</translation>
    </message>
    <message>
        <source>{name} is marked as a hook in a wrong way.</source>
        <translation>{name} 标记为钩子的方式不对。</translation>
    </message>
    <message>
        <source>{name} is missing.</source>
        <translation>缺少 {name}。</translation>
    </message>
    <message>
        <source>{name} is no file of weights that Shoreline reads.</source>
        <translation>{name} 不是 Shoreline 能读取的权重文件。</translation>
    </message>
    <message>
        <source>{name} is no film that Shoreline reads, or is damaged ({reason}).</source>
        <translation>{name} 不是 Shoreline 能读取的影片，或已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{name} is not UTF-8 text.</source>
        <translation>{name} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>{name} is not a group.</source>
        <translation>{name} 不是组。</translation>
    </message>
    <message>
        <source>{name} is there twice.</source>
        <translation>“{name}”出现了两次。</translation>
    </message>
    <message>
        <source>{name} was felt in the whole picture: it cannot be kept to a region.</source>
        <translation>{name} 作用于整幅图片：它不能限于一个区域。</translation>
    </message>
    <message>
        <source>{name}: there is no {word!r}.</source>
        <translation>{name}：没有 {word!r}。</translation>
    </message>
    <message>
        <source>{network} ({what}) cannot be used for the control layer {guide} with {model}, which is {family}.</source>
        <translation>{network}（{what}）不能用于控制图层“{guide}”：{model} 是 {family}。</translation>
    </message>
    <message>
        <source>Choose a group.</source>
        <translation>请选择一个组。</translation>
    </message>
    <message>
        <source>The layer {name} has no colour of its own.</source>
        <translation>图层 {name} 没有自己的颜色。</translation>
    </message>
    <message>
        <source>Choose a fill layer.</source>
        <translation>请选择填充图层。</translation>
    </message>
    <message>
        <source>{name} is not a picture that Shoreline knows.</source>
        <translation>{name} 不是 Shoreline 认识的图片。</translation>
    </message>
    <message>
        <source>{name} is not marked as a hook.</source>
        <translation>{name} 没有标记为钩子。</translation>
    </message>
    <message>
        <source>{name} is not valid TOML: {shown}.</source>
        <translation>{name} 不是有效的 TOML：{shown}。</translation>
    </message>
    <message>
        <source>{name} is {what}, which Shoreline does not read.</source>
        <translation>{name} 是 {what}，Shoreline 不读取。</translation>
    </message>
    <message>
        <source>{name} needs no rasterising.</source>
        <translation>{name} 不需要栅格化。</translation>
    </message>
    <message>
        <source>Choose a fill layer; merge the layers of a group instead.</source>
        <translation>请选择填充图层；组中的图层请改用合并。</translation>
    </message>
    <message>
        <source>No layer is chosen.</source>
        <translation>没有选中图层。</translation>
    </message>
    <message>
        <source>Choose one in the Layers panel.</source>
        <translation>请在图层面板中选择一个。</translation>
    </message>
    <message>
        <source>There is no mask yet.</source>
        <translation>还没有蒙版。</translation>
    </message>
    <message>
        <source>The selected layers lie in different groups.</source>
        <translation>所选图层位于不同的图层组。</translation>
    </message>
    <message>
        <source>Select layers of one group, or one group of layers.</source>
        <translation>请选择同一组里的图层，或选择一个图层组。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is a fill layer: it holds a colour and no pixels.</source>
        <translation>“{name}”是填充图层：它只有一种颜色，没有像素。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is a group and holds no pixels.</source>
        <translation>“{name}”是一个组，没有像素。</translation>
    </message>
    <message>
        <source>Double-click its thumbnail to choose another colour, or make pixels of it with Layer &gt; Rasterise.</source>
        <translation>双击它的缩略图可以选择另一种颜色，或用“图层 &gt; 栅格化”把它变成像素。</translation>
    </message>
    <message>
        <source>Select a layer inside it, or add a new layer.</source>
        <translation>请选择其中的图层，或新建图层。</translation>
    </message>
</context>
<context>
    <name>ModelDeeds</name>
    <message>
        <source>{name} is taken for what you said.</source>
        <translation>{name} 已按您所说的处理。</translation>
    </message>
    <message>
        <source>{name} is taken for what its file says.</source>
        <translation>{name} 已按其文件所示处理。</translation>
    </message>
    <message>
        <source>{name} is among the upscalers now: Image → Upscale offers it.</source>
        <translation>{name} 已归入放大模型：可在“图像 → 放大”中选用。</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} 已移入回收站。</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Draw with This Model</source>
        <translation>用此模型绘制</translation>
    </message>
    <message>
        <source>Treat as…</source>
        <translation>视为…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show Its Page</source>
        <translation>打开其网页</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Drawing with It</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>From the Picture That Is Open</source>
        <translation>取自打开的图像</translation>
    </message>
    <message>
        <source>From a File…</source>
        <translation>取自文件…</translation>
    </message>
    <message>
        <source>None of Mine</source>
        <translation>去掉我设置的图片</translation>
    </message>
    <message>
        <source>Trigger words</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>Most used in its training</source>
        <translation>训练中最常用的词</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>By</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>About</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>训练所用模型</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Takes from others</source>
        <translation>借用自</translation>
    </message>
    <message>
        <source>Said by you</source>
        <translation>您的说明</translation>
    </message>
    <message>
        <source>Yes, in a file beside it</source>
        <translation>有，写在旁边的文件里</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>about {side} pixels, at most {most}</source>
        <translation>约 {side} 像素，最大 {most}</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>VAE</source>
        <translation>VAE</translation>
    </message>
    <message>
        <source>Upscalers</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Part of a model</source>
        <translation>模型的一部分</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>Reference adapter</source>
        <translation>参考适配器</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>Motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Canny edges</source>
        <translation>Canny 边缘</translation>
    </message>
    <message>
        <source>Scribbles</source>
        <translation>涂鸦</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>Soft edges</source>
        <translation>柔和边缘</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Normals</source>
        <translation>法线</translation>
    </message>
    <message>
        <source>Poses</source>
        <translation>姿势</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Stencils</source>
        <translation>镂空图案</translation>
    </message>
    <message>
        <source>Inpainting model</source>
        <translation>局部重绘模型</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>这台电脑上</translation>
    </message>
    <message>
        <source>Get models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NewPictureDialog</name>
    <message>
        <source>New picture</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>As the current picture</source>
        <translation>与当前图片相同</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Painting colour</source>
        <translation>绘画颜色</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>底色</translation>
    </message>
</context>
<context>
    <name>OnionMenu</name>
    <message>
        <source>Frames shown before this one</source>
        <translation>当前帧之前显示的帧数</translation>
    </message>
    <message>
        <source>Frames shown after this one</source>
        <translation>当前帧之后显示的帧数</translation>
    </message>
    <message>
        <source>Colour of the frames before</source>
        <translation>之前各帧的颜色</translation>
    </message>
    <message>
        <source>Colour of the frames after</source>
        <translation>之后各帧的颜色</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Over the frame</source>
        <translation>盖在当前帧上面</translation>
    </message>
    <message>
        <source>For frames that cover the whole picture, so that nothing below them shows</source>
        <translation>用于铺满整个画面的帧：它们下面的内容看不见</translation>
    </message>
    <message>
        <source>Frames before</source>
        <translation>之前的帧</translation>
    </message>
    <message>
        <source>Frames after</source>
        <translation>之后的帧</translation>
    </message>
</context>
<context>
    <name>OpenActions</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open as layer</source>
        <translation>作为图层打开</translation>
    </message>
    <message>
        <source>“{name}” was added as a layer.</source>
        <translation>“{name}”已添加为图层。</translation>
    </message>
    <message>
        <source>Open it instead</source>
        <translation>改为打开</translation>
    </message>
    <message>
        <source>This picture carries the settings it was made with: “{prompt}”.</source>
        <translation>此图片带有生成时的设置：“{prompt}”。</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用其设置</translation>
    </message>
    <message>
        <source>Saving asks for a new file, so that this one keeps what could not be read.</source>
        <translation>保存时会询问新的文件名，本文件中无法读取的内容因此得以保留。</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>The whole picture</source>
        <translation>整幅图片</translation>
    </message>
    <message>
        <source>Press or drag to look at another place; the wheel zooms</source>
        <translation>按下或拖动可查看其他位置；滚轮缩放</translation>
    </message>
</context>
<context>
    <name>PaletteSection</name>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Palettes…</source>
        <translation>调色板…</translation>
    </message>
    <message>
        <source>Bring in palettes of GIMP and Krita (.gpl) and Adobe&apos;s swatches (.ase)</source>
        <translation>导入 GIMP 和 Krita 的调色板（.gpl）以及 Adobe 色板（.ase）</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>More options: {names}</source>
        <translation>更多选项：{names}</translation>
    </message>
</context>
<context>
    <name>PenPage</name>
    <message>
        <source>Changes the brush</source>
        <translation>影响画笔</translation>
    </message>
</context>
<context>
    <name>PluginLibraries</name>
    <message>
        <source>Install these libraries</source>
        <translation>安装这些库</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Looking for what goes together…</source>
        <translation>正在查找彼此兼容的版本…</translation>
    </message>
    <message>
        <source>{size} have arrived…</source>
        <translation>已收到 {size}…</translation>
    </message>
    <message>
        <source>It needs Python packages that are not here: {names}. They are fetched from the package index into a folder beside the engine, as ready-made wheels only, and cannot change the engine.</source>
        <translation>它需要此处没有的 Python 包：{names}。它们会从软件包索引取到引擎旁边的单独文件夹中，只用现成的 wheel 包，不会改动引擎。</translation>
    </message>
</context>
<context>
    <name>PluginPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>PluginPanels</name>
    <message>
        <source>This is a preview. The layer changes when you press the button.</source>
        <translation>这是预览。按下按钮后图层才会改变。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>Plugins</name>
    <message>
        <source>A linear multistep method of fourth order.</source>
        <translation>四阶线性多步法。</translation>
    </message>
    <message>
        <source>AVIF</source>
        <translation>AVIF</translation>
    </message>
    <message>
        <source>Above 1 the middle becomes brighter.</source>
        <translation>大于 1 时中间调变亮。</translation>
    </message>
    <message>
        <source>A network that was trained to enlarge pictures; it works in tiles.</source>
        <translation>为放大图片训练的网络，分块处理。</translation>
    </message>
    <message>
        <source>Adds fresh noise at every step; good from 20 steps.</source>
        <translation>每一步都加入新噪声；20 步起效果好。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>An exponential integrator.</source>
        <translation>指数积分器。</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>BMP</source>
        <translation>BMP</translation>
    </message>
    <message>
        <source>Black point</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>Blur, sharpening, levels and colour for a layer or for what is masked.</source>
        <translation>对图层或蒙版区域进行模糊、锐化、色阶和颜色调整。</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Colours around the mask</source>
        <translation>蒙版周围的颜色</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>周边范围</translation>
    </message>
    <message>
        <source>Corrects a colour shift of the model by the pixels around the mask.</source>
        <translation>根据蒙版周围的像素校正模型的偏色。</translation>
    </message>
    <message>
        <source>DDIM</source>
        <translation>DDIM</translation>
    </message>
    <message>
        <source>DDPM</source>
        <translation>DDPM</translation>
    </message>
    <message>
        <source>DEIS</source>
        <translation>DEIS</translation>
    </message>
    <message>
        <source>DPM++ 2M</source>
        <translation>DPM++ 2M</translation>
    </message>
    <message>
        <source>DPM++ 2M Karras</source>
        <translation>DPM++ 2M Karras</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE</source>
        <translation>DPM++ 2M SDE</translation>
    </message>
    <message>
        <source>DPM++ 2M SDE Karras</source>
        <translation>DPM++ 2M SDE Karras</translation>
    </message>
    <message>
        <source>DPM++ 2S</source>
        <translation>DPM++ 2S</translation>
    </message>
    <message>
        <source>DPM++ 3M</source>
        <translation>DPM++ 3M</translation>
    </message>
    <message>
        <source>DPM++ SDE</source>
        <translation>DPM++ SDE</translation>
    </message>
    <message>
        <source>DPM++ SDE Karras</source>
        <translation>DPM++ SDE Karras</translation>
    </message>
    <message>
        <source>DPM2</source>
        <translation>DPM2</translation>
    </message>
    <message>
        <source>DPM2 Karras</source>
        <translation>DPM2 Karras</translation>
    </message>
    <message>
        <source>DPM2 a</source>
        <translation>DPM2 a</translation>
    </message>
    <message>
        <source>DPM2 with fresh noise.</source>
        <translation>加入新噪声的 DPM2。</translation>
    </message>
    <message>
        <source>DPM2 with more steps at low noise.</source>
        <translation>低噪声处步数更多的 DPM2。</translation>
    </message>
    <message>
        <source>Differences up to this many levels stay as they are, so that noise is not sharpened.</source>
        <translation>不超过此级数的差异保持不变，以免锐化噪点。</translation>
    </message>
    <message>
        <source>Denoising steps of the whole schedule; the strength says how many of them run.</source>
        <translation>整个去噪过程的步数；实际运行多少步由强度决定。</translation>
    </message>
    <message>
        <source>1 keeps everything.</source>
        <translation>1 保留一切。</translation>
    </message>
    <message>
        <source>1.02 goes nearer by 2 % a frame.</source>
        <translation>1.02 表示每帧靠近 2 %。</translation>
    </message>
    <message>
        <source>A clean drawing, which is coloured in.</source>
        <translation>干净的线稿，由模型上色。</translation>
    </message>
    <message>
        <source>A panel that corrects a layer&apos;s light and colour, or fits it to the picture below.</source>
        <translation>校正图层光线和颜色的面板，也可使图层与下方画面相配。</translation>
    </message>
    <message>
        <source>A rough sketch: the model works it up and keeps to it loosely.</source>
        <translation>粗略的草图：模型把它画完，大致遵循。</translation>
    </message>
    <message>
        <source>AVIF quality</source>
        <translation>AVIF 质量</translation>
    </message>
    <message>
        <source>AVIF speed</source>
        <translation>AVIF 速度</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>AnimateDiff</source>
        <translation>AnimateDiff</translation>
    </message>
    <message>
        <source>Animation: {name}</source>
        <translation>动画：{name}</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Areas of flat colours that stand for things.</source>
        <translation>用纯色区域表示各种事物。</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>与原来相同</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Black lines and hatching.</source>
        <translation>黑色线条与排线。</translation>
    </message>
    <message>
        <source>Both ways of compressing lose nothing. Some older programs read only LZW or none.</source>
        <translation>两种压缩方式都无损。一些旧程序只能读取 LZW 或未压缩的文件。</translation>
    </message>
    <message>
        <source>Brighter or darker; one stop is twice the light.</source>
        <translation>更亮或更暗；一档即光量加倍。</translation>
    </message>
    <message>
        <source>Broad colours</source>
        <translation>大块颜色</translation>
    </message>
    <message>
        <source>Broad contours; details are left free.</source>
        <translation>大的轮廓；细节自由发挥。</translation>
    </message>
    <message>
        <source>Cadence</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Canny edges</source>
        <translation>Canny 边缘</translation>
    </message>
    <message>
        <source>Carries the colours along the edge of the mask into what was drawn, so that no step shows where both meet. Best for filling a ground; a thing that is drawn anew may take on the colour behind it.</source>
        <translation>把蒙版边缘处的颜色带入新画的部分，使接缝处看不出台阶。最适合填补背景；新画的物体可能会带上身后的颜色。</translation>
    </message>
    <message>
        <source>Cell size</source>
        <translation>单元大小</translation>
    </message>
    <message>
        <source>Change the layer as the sliders say.</source>
        <translation>按滑块的数值修改图层。</translation>
    </message>
    <message>
        <source>Clean shapes and few colours.</source>
        <translation>形状简洁，颜色很少。</translation>
    </message>
    <message>
        <source>Clear edges</source>
        <translation>明显边缘</translation>
    </message>
    <message>
        <source>Close up</source>
        <translation>近看</translation>
    </message>
    <message>
        <source>Close up, a whole thing is drawn also in a small mask, but little is seen of what is around it. Automatic: close up if there is a prompt; without one the mask is filled from its surroundings.</source>
        <translation>近看时，小蒙版中也能画出完整的物体，但看到的周围很少。自动：有提示词时近看；没有提示词时根据周围填充蒙版。</translation>
    </message>
    <message>
        <source>Coarse picture</source>
        <translation>粗略图片</translation>
    </message>
    <message>
        <source>Coherence</source>
        <translation>连贯性</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色数</translation>
    </message>
    <message>
        <source>Colours to use, as #rrggbb or the lines of a .gpl file; empty finds them.</source>
        <translation>要使用的颜色，写成 #rrggbb 或 .gpl 文件中的各行；留空则自动选择。</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>构图</translation>
    </message>
    <message>
        <source>Concept art</source>
        <translation>概念设计图</translation>
    </message>
    <message>
        <source>Connected only</source>
        <translation>仅相连区域</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Control networks</source>
        <translation>控制网络</translation>
    </message>
    <message>
        <source>Cooler to the left, warmer to the right.</source>
        <translation>向左偏冷，向右偏暖。</translation>
    </message>
    <message>
        <source>Deflate, small</source>
        <translation>Deflate，文件小</translation>
    </message>
    <message>
        <source>Degrees by which the lower side goes away a frame.</source>
        <translation>每帧下边远离的度数。</translation>
    </message>
    <message>
        <source>Degrees by which the right side goes away a frame.</source>
        <translation>每帧右边远离的度数。</translation>
    </message>
    <message>
        <source>Degrees clockwise a frame.</source>
        <translation>每帧顺时针的度数。</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Depth, poses and segments</source>
        <translation>深度、姿势与分割</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Diffusion</source>
        <translation>扩散模型</translation>
    </message>
    <message>
        <source>Diffusion upscale</source>
        <translation>扩散放大</translation>
    </message>
    <message>
        <source>Dramatic light and much detail.</source>
        <translation>戏剧性的光线，细节丰富。</translation>
    </message>
    <message>
        <source>Draws a new picture from the prompt.</source>
        <translation>根据提示词画一幅新图片。</translation>
    </message>
    <message>
        <source>Draws every so many frames; optical flow makes those in between.</source>
        <translation>每隔这么多帧绘制一次；中间的帧由光流生成。</translation>
    </message>
    <message>
        <source>Draws everything anew but for what is masked, which stays exactly as it is.</source>
        <translation>除了盖上蒙版的部分保持原样，其余全部重画。</translation>
    </message>
    <message>
        <source>Draws fine detail into the enlarged picture with the model of the Generate panel. Slow.</source>
        <translation>用“生成”面板里的模型在放大后的图上画出细节。较慢。</translation>
    </message>
    <message>
        <source>Draws inside the painted mask and leaves every pixel outside it as it is.</source>
        <translation>在绘制的蒙版内作画，蒙版之外的每个像素保持原样。</translation>
    </message>
    <message>
        <source>Draws inside the painted mask. Pixels outside it stay exactly as they are.</source>
        <translation>在绘制的蒙版内作画。蒙版之外的像素保持原样。</translation>
    </message>
    <message>
        <source>Draws key frames as a latent walk does, or takes those of a source, and moves them into one another by optical flow.</source>
        <translation>像潜空间漫步那样绘制关键画面，或取自素材，再用光流从一个变到另一个。</translation>
    </message>
    <message>
        <source>Draws many frames together with a motion adapter, so that things move by themselves.</source>
        <translation>用运动适配器同时绘制多帧，让物体自己动起来。</translation>
    </message>
    <message>
        <source>Draws over every frame of a film, an animation or a folder.</source>
        <translation>重绘影片、动画或文件夹中的每一帧。</translation>
    </message>
    <message>
        <source>Draws over the whole canvas, more or less freely.</source>
        <translation>在整个画布上重画，自由程度可调。</translation>
    </message>
    <message>
        <source>Draws over the whole canvas. A small strength keeps most of it, 1 nothing.</source>
        <translation>在整个画布上重画。强度小则大部分保留，为 1 则全部重画。</translation>
    </message>
    <message>
        <source>Edges continued</source>
        <translation>延续边缘</translation>
    </message>
    <message>
        <source>Edges stronger than this are always there; those between only where they go on from one.</source>
        <translation>比这更强的边缘总会保留；介于两者之间的只在与之相连时保留。</translation>
    </message>
    <message>
        <source>Edges weaker than this are left out.</source>
        <translation>比这更弱的边缘会被略去。</translation>
    </message>
    <message>
        <source>Enlarges a picture and draws fine detail into it, tile by tile.</source>
        <translation>放大图片，并逐块画出细节。</translation>
    </message>
    <message>
        <source>Enlarges pictures: with Lanczos, or with networks of any architecture that spandrel knows.</source>
        <translation>放大图片：用 Lanczos 插值，或用 spandrel 支持的任何架构的网络。</translation>
    </message>
    <message>
        <source>Euler</source>
        <translation>Euler</translation>
    </message>
    <message>
        <source>Euler Karras</source>
        <translation>Euler Karras</translation>
    </message>
    <message>
        <source>Euler a</source>
        <translation>Euler a</translation>
    </message>
    <message>
        <source>Euler with fresh noise: soft, varied pictures.</source>
        <translation>加入新噪声的 Euler：画面柔和多变。</translation>
    </message>
    <message>
        <source>Euler with more steps at low noise.</source>
        <translation>低噪声处步数更多的 Euler。</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>扩展画面</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Faint edges</source>
        <translation>微弱边缘</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Few colours and crisp edges.</source>
        <translation>颜色很少，边缘清晰。</translation>
    </message>
    <message>
        <source>Figures as coloured sticks on black.</source>
        <translation>黑底上的彩色火柴人。</translation>
    </message>
    <message>
        <source>Fills the mask from what is around it. A prompt is not needed: it would say what is there instead.</source>
        <translation>用周围的内容填补蒙版。不需要提示词：提示词用来说明取而代之的内容。</translation>
    </message>
    <message>
        <source>Filter: {name}</source>
        <translation>滤镜：{name}</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Finds the grid of enlarged or drawn pixel art, gives every cell one colour out of few, and leaves no half transparent pixel.</source>
        <translation>找出放大过或画出的像素画的网格，让每个单元只用少数颜色中的一种，并且不留半透明像素。</translation>
    </message>
    <message>
        <source>Flat illustration</source>
        <translation>扁平插画</translation>
    </message>
    <message>
        <source>For LCM models and LoRAs only: 2 to 8 steps.</source>
        <translation>仅用于 LCM 模型和 LoRA：2 至 8 步。</translation>
    </message>
    <message>
        <source>For TCD models and LoRAs only: 2 to 8 steps.</source>
        <translation>仅用于 TCD 模型和 LoRA：2 至 8 步。</translation>
    </message>
    <message>
        <source>For fine detail.</source>
        <translation>适合精细细节。</translation>
    </message>
    <message>
        <source>For games</source>
        <translation>游戏素材</translation>
    </message>
    <message>
        <source>For stickers and sprites: a plain white ground is asked for, unless the prompt names one, and taken away.</source>
        <translation>用于贴纸和精灵：要求纯白背景（提示词自己写明背景时除外），画完后把背景去掉。</translation>
    </message>
    <message>
        <source>For the active layer, inside the mask if there is one.</source>
        <translation>作用于当前图层；有蒙版时只在蒙版内。</translation>
    </message>
    <message>
        <source>Frames from one key frame to the next.</source>
        <translation>从一个关键画面到下一个的帧数。</translation>
    </message>
    <message>
        <source>Frames of the last window that the next one goes on from.</source>
        <translation>下一个窗口从上一个窗口的多少帧接续。</translation>
    </message>
    <message>
        <source>Frames that are drawn together; most adapters were trained on 16.</source>
        <translation>同时绘制的帧数；多数适配器按 16 帧训练。</translation>
    </message>
    <message>
        <source>Fresh noise and fine detail.</source>
        <translation>新噪声与精细细节。</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Goes from one prompt and seed to the next by way of everything in between.</source>
        <translation>从一个提示词和种子走到下一个，经过其间的一切。</translation>
    </message>
    <message>
        <source>Greener to the left, more magenta to the right.</source>
        <translation>向左偏绿，向右偏洋红。</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>Guide: {name}</source>
        <translation>控制：{name}</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Heun</source>
        <translation>Heun</translation>
    </message>
    <message>
        <source>Heun Karras</source>
        <translation>Heun Karras</translation>
    </message>
    <message>
        <source>Heun with more steps at low noise.</source>
        <translation>低噪声处步数更多的 Heun。</translation>
    </message>
    <message>
        <source>Higher keeps more and makes larger files; 90 can hardly be told from the picture.</source>
        <translation>数值越高保留越多，文件也越大；90 与原图几乎无法区分。</translation>
    </message>
    <message>
        <source>How TIFF and AVIF files are written. Both keep transparency.</source>
        <translation>如何写入 TIFF 和 AVIF 文件。两者都保留透明度。</translation>
    </message>
    <message>
        <source>How bright weak contours become.</source>
        <translation>弱轮廓变得多亮。</translation>
    </message>
    <message>
        <source>How far a colour may be from that of the ground, in levels.</source>
        <translation>颜色与背景色最多可以相差多少级。</translation>
    </message>
    <message>
        <source>How far beyond the mask is drawn, so that the edge of the object goes with it. -1 chooses it by the size of what is drawn.</source>
        <translation>画到蒙版之外多远，使物体的边缘一同消失。-1 表示按所画部分的大小自动选择。</translation>
    </message>
    <message>
        <source>How far drawing reaches beyond the mask. -1 chooses it by the size of the mask.</source>
        <translation>作画超出蒙版的距离。-1 表示按蒙版大小选取。</translation>
    </message>
    <message>
        <source>How far drawing reaches into the picture, so that old and new flow together. -1 chooses it by the size of what is drawn.</source>
        <translation>画入原图多远，使新旧部分自然衔接。-1 表示按所画部分的大小自动选择。</translation>
    </message>
    <message>
        <source>How far neighbouring tiles are blended into each other. More hides seams, and takes longer.</source>
        <translation>相邻分块互相融合的宽度。越大接缝越不可见，但更费时。</translation>
    </message>
    <message>
        <source>How far the new background mixes with the rim of what stays. 0 cuts it out.</source>
        <translation>新背景与保留部分的边缘融合多远。0 表示沿边缘剪开。</translation>
    </message>
    <message>
        <source>How far tiles reach into each other. More hides the seams of networks that look far.</source>
        <translation>分块互相重叠的宽度。网络看得越远，需要的重叠越大。</translation>
    </message>
    <message>
        <source>How freely the model draws. From 0.2 to 0.35 it adds detail; more changes things.</source>
        <translation>模型作画的自由程度。0.2 到 0.35 会增加细节；更大则会改变内容。</translation>
    </message>
    <message>
        <source>How many colours are left, at most; 0 leaves them all.</source>
        <translation>最多保留多少种颜色；0 为全部保留。</translation>
    </message>
    <message>
        <source>How many pixels wide a cell becomes; 0 keeps its size, 1 is the size of the art itself.</source>
        <translation>一个单元变成多少像素宽；0 保持原大小，1 为像素画本来的大小。</translation>
    </message>
    <message>
        <source>How many pixels wide a cell of the art is now; 0 finds it.</source>
        <translation>像素画的一个单元现在有多少像素宽；0 为自动查找。</translation>
    </message>
    <message>
        <source>How much of the last result is carried along by optical flow.</source>
        <translation>上一帧的结果有多少由光流带到这一帧。</translation>
    </message>
    <message>
        <source>How much of the surroundings the model sees around the mask. -1 chooses it by the size of the mask.</source>
        <translation>模型能看到的蒙版周边范围。-1 表示按蒙版大小选取。</translation>
    </message>
    <message>
        <source>How steep slopes are taken to be.</source>
        <translation>坡度看作有多陡。</translation>
    </message>
    <message>
        <source>How the picture looks: its colours, its strokes, its mood.</source>
        <translation>图片的外观：颜色、笔触、氛围。</translation>
    </message>
    <message>
        <source>How wide the edge is in which thing and ground are mixed.</source>
        <translation>物体与背景混合的边缘有多宽。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation>色相与饱和度</translation>
    </message>
    <message>
        <source>Image to image</source>
        <translation>图生图</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>补间</translation>
    </message>
    <message>
        <source>Influence: {name}</source>
        <translation>影响：{name}</translation>
    </message>
    <message>
        <source>Ink drawing</source>
        <translation>钢笔画</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>局部重绘</translation>
    </message>
    <message>
        <source>Its identifier; if left out, the first that fits the model.</source>
        <translation>适配器的标识；留空则用第一个适合该模型的。</translation>
    </message>
    <message>
        <source>Keep spots of the same colour that the ground does not reach from the border.</source>
        <translation>保留背景从边缘到不了的同色区域。</translation>
    </message>
    <message>
        <source>Keep tones</source>
        <translation>保持色调</translation>
    </message>
    <message>
        <source>Keeps colours and shapes of a picture and draws its details anew.</source>
        <translation>保持图片的颜色和形状，重画细节。</translation>
    </message>
    <message>
        <source>Keeps the broad colours of a picture, and no more.</source>
        <translation>只保持图片的大块颜色。</translation>
    </message>
    <message>
        <source>Keeps the colours of the first frame.</source>
        <translation>保持第一帧的色彩。</translation>
    </message>
    <message>
        <source>LCM</source>
        <translation>LCM</translation>
    </message>
    <message>
        <source>LMS</source>
        <translation>LMS</translation>
    </message>
    <message>
        <source>LMS Karras</source>
        <translation>LMS Karras</translation>
    </message>
    <message>
        <source>LMS with more steps at low noise.</source>
        <translation>低噪声处步数更多的 LMS。</translation>
    </message>
    <message>
        <source>LZW, widely read</source>
        <translation>LZW，广泛可读</translation>
    </message>
    <message>
        <source>Latent walk</source>
        <translation>潜空间漫步</translation>
    </message>
    <message>
        <source>Layers that the model draws after: lines, edges, depth, poses, and what makes them of a picture.</source>
        <translation>模型依照绘制的图层：线条、边缘、深度、姿势，以及由图片生成它们的工具。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Light and dark of a pattern or a sign come back in the picture.</source>
        <translation>图案或标志的明暗会出现在图片中。</translation>
    </message>
    <message>
        <source>Light lines on black, brighter where the picture changes more.</source>
        <translation>黑底亮线，图片变化越大线条越亮。</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>Line width</source>
        <translation>线宽</translation>
    </message>
    <message>
        <source>Loose lines and shading.</source>
        <translation>松动的线条与明暗。</translation>
    </message>
    <message>
        <source>Made smaller and large again: colours and shapes stay, details go.</source>
        <translation>先缩小再放大：颜色和形状保留，细节消失。</translation>
    </message>
    <message>
        <source>Makes the one colour around a thing transparent, with a soft edge that has none of it left.</source>
        <translation>让物体周围的纯色变为透明，柔和的边缘不残留这种颜色。</translation>
    </message>
    <message>
        <source>Match colours at the edge</source>
        <translation>在边缘匹配颜色</translation>
    </message>
    <message>
        <source>Model family: {name}</source>
        <translation>模型系列：{name}</translation>
    </message>
    <message>
        <source>More gives more lines.</source>
        <translation>越大线条越多。</translation>
    </message>
    <message>
        <source>Natural light and sharp focus.</source>
        <translation>自然光线，焦点清晰。</translation>
    </message>
    <message>
        <source>Normals</source>
        <translation>法线</translation>
    </message>
    <message>
        <source>Oil painting</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>Opens: {name}</source>
        <translation>打开：{name}</translation>
    </message>
    <message>
        <source>Page in Preferences: {name}</source>
        <translation>首选项页面：{name}</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>面板：{name}</translation>
    </message>
    <message>
        <source>Parts of the picture are drawn after words of their own.</source>
        <translation>图片的各个部分按照各自的词语绘制。</translation>
    </message>
    <message>
        <source>Pencil sketch</source>
        <translation>铅笔素描</translation>
    </message>
    <message>
        <source>People as coloured sticks on black. A pose model is needed; with a model that finds people, too, each of several is drawn.</source>
        <translation>黑底上的彩色火柴人。需要姿势模型；再有找出人物的模型时，多个人会各自画出。</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Pixel art</source>
        <translation>像素画</translation>
    </message>
    <message>
        <source>Pixel art on its grid, and sprites freed from a plain ground.</source>
        <translation>让像素画回到网格上，并把精灵图从纯色背景中分离出来。</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>像素大小</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>姿势</translation>
    </message>
    <message>
        <source>Prompt style: {name}</source>
        <translation>提示词风格：{name}</translation>
    </message>
    <message>
        <source>Prompt styles</source>
        <translation>提示词风格</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>延伸</translation>
    </message>
    <message>
        <source>Ready tools</source>
        <translation>现成工具</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>移除物体</translation>
    </message>
    <message>
        <source>Remove plain ground</source>
        <translation>去除纯色背景</translation>
    </message>
    <message>
        <source>Removes an object, replaces the background, and draws on where the canvas is empty.</source>
        <translation>移除物体、替换背景，并画满画布上的空白处。</translation>
    </message>
    <message>
        <source>Replace background</source>
        <translation>替换背景</translation>
    </message>
    <message>
        <source>Scheduler: {name}</source>
        <translation>采样器：{name}</translation>
    </message>
    <message>
        <source>Scribble</source>
        <translation>涂鸦</translation>
    </message>
    <message>
        <source>Scribble lines</source>
        <translation>涂鸦线条</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>So soft that only broad colours are left.</source>
        <translation>模糊到只剩大块颜色。</translation>
    </message>
    <message>
        <source>Soft edge</source>
        <translation>柔和边缘</translation>
    </message>
    <message>
        <source>Soft edges</source>
        <translation>柔和边缘</translation>
    </message>
    <message>
        <source>Soft lines</source>
        <translation>柔和线条</translation>
    </message>
    <message>
        <source>Soft mask</source>
        <translation>柔和蒙版</translation>
    </message>
    <message>
        <source>Soft washes on paper.</source>
        <translation>纸上的柔和晕染。</translation>
    </message>
    <message>
        <source>Stencil</source>
        <translation>镂空图案</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>The background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>The face on a picture that shows little else.</source>
        <translation>只显示面部、几乎没有其他内容的图片上的脸。</translation>
    </message>
    <message>
        <source>The mask covers</source>
        <translation>蒙版盖住</translation>
    </message>
    <message>
        <source>The network that draws is shown pictures beside the prompt.</source>
        <translation>除提示词之外，还让绘图的网络看到图片。</translation>
    </message>
    <message>
        <source>The prompt alone</source>
        <translation>仅提示词</translation>
    </message>
    <message>
        <source>The scene of the picture</source>
        <translation>图片的场景</translation>
    </message>
    <message>
        <source>Thick rough lines on black, as of a felt pen.</source>
        <translation>黑底上像马克笔一样的粗线条。</translation>
    </message>
    <message>
        <source>Thin hard edges, which are kept closely.</source>
        <translation>细而硬的边缘，严格遵循。</translation>
    </message>
    <message>
        <source>Thin light lines on black where the picture has edges.</source>
        <translation>在图片边缘处画黑底细亮线。</translation>
    </message>
    <message>
        <source>Times smaller</source>
        <translation>缩小倍数</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Tool: {name}</source>
        <translation>工具：{name}</translation>
    </message>
    <message>
        <source>Unblur</source>
        <translation>去模糊</translation>
    </message>
    <message>
        <source>Upscaler: {name}</source>
        <translation>放大器：{name}</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视野</translation>
    </message>
    <message>
        <source>Visible brush strokes and rich colours.</source>
        <translation>笔触可见，色彩浓郁。</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩画</translation>
    </message>
    <message>
        <source>What control networks make of pictures is added to the layers of the network that draws.</source>
        <translation>把控制网络对图片的处理结果加到绘图网络的各层中。</translation>
    </message>
    <message>
        <source>What is drawn where the prompt is empty, or still the picture&apos;s own: the scene that the picture&apos;s prompt names, with the thing as what to keep out; or what the prompt says.</source>
        <translation>提示词为空或仍是图片自己的提示词时画什么：图片提示词中的场景，并避免其中的物体；或只按提示词。</translation>
    </message>
    <message>
        <source>What is near becomes light, what is far dark. A depth model is needed.</source>
        <translation>近处变亮，远处变暗。需要深度模型。</translation>
    </message>
    <message>
        <source>What is near is light, what is far is dark.</source>
        <translation>近处亮，远处暗。</translation>
    </message>
    <message>
        <source>What lies where, in the colours of the 150 kinds of things of ADE20K. A segmentation model is needed.</source>
        <translation>哪里是什么，用 ADE20K 的 150 类物体的颜色表示。需要分割模型。</translation>
    </message>
    <message>
        <source>What the picture shows and how it looks, as if it were told in words.</source>
        <translation>图片的内容和外观，就像用文字描述一样。</translation>
    </message>
    <message>
        <source>What stays</source>
        <translation>保留的部分</translation>
    </message>
    <message>
        <source>Where the mask is grey, the picture changes only as far as that: half grey is a strength of a half. Off, what is at least half masked is drawn all anew. A feathered selection is one always.</source>
        <translation>蒙版为灰色的地方，画面只改变到相应的程度：半灰就是一半的强度。关闭时，至少盖住一半的地方会全部重画。羽化的选区总是柔和蒙版。</translation>
    </message>
    <message>
        <source>Which part of the picture is masked: what stays, or the background.</source>
        <translation>图片的哪一部分盖上了蒙版：保留的部分，还是背景。</translation>
    </message>
    <message>
        <source>Which way surfaces face, as colours.</source>
        <translation>用颜色表示表面朝向。</translation>
    </message>
    <message>
        <source>Which way surfaces face, as colours. A depth model is needed.</source>
        <translation>表面的朝向，以颜色表示。需要深度模型。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口帧数</translation>
    </message>
    <message>
        <source>With the surroundings</source>
        <translation>连同周围</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Words that make a picture look painted, drawn or photographed, offered beside the prompt.</source>
        <translation>让图片像绘画、素描或照片的词语，列在提示词旁边。</translation>
    </message>
    <message>
        <source>Writes: {name}</source>
        <translation>写入：{name}</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>Lanczos 插值</translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation>匹配颜色</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>More of the steps go into fine detail.</source>
        <translation>更多步数用于精细细节。</translation>
    </message>
    <message>
        <source>More picture formats</source>
        <translation>更多图片格式</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>On a canvas larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>画布大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>Opens and writes TIFF, BMP and AVIF pictures, flat and with 8 bits a channel.</source>
        <translation>打开和写入 TIFF、BMP 和 AVIF 图片（单层，每通道 8 位）。</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>PNDM</source>
        <translation>PNDM</translation>
    </message>
    <message>
        <source>Plain interpolation: quick and faithful, and soft.</source>
        <translation>普通插值：快速、忠实，但偏柔。</translation>
    </message>
    <message>
        <source>Predictor and corrector; good from 8 steps.</source>
        <translation>预测加校正；8 步起效果好。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Refine large areas</source>
        <translation>细化大区域</translation>
    </message>
    <message>
        <source>Refine large pictures</source>
        <translation>细化大图片</translation>
    </message>
    <message>
        <source>SA-Solver</source>
        <translation>SA-Solver</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Schedulers</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Second order at one call a step; good from 12 steps.</source>
        <translation>每步一次调用的二阶方法；12 步起效果好。</translation>
    </message>
    <message>
        <source>Second order at two calls a step.</source>
        <translation>每步两次调用的二阶方法。</translation>
    </message>
    <message>
        <source>Second order at two calls a step: half as fast as Euler.</source>
        <translation>每步两次调用的二阶方法：速度是 Euler 的一半。</translation>
    </message>
    <message>
        <source>Sets which tones become black and white, and how bright the middle is.</source>
        <translation>设定哪些色调变为黑色和白色，以及中间调的亮度。</translation>
    </message>
    <message>
        <source>Sharpens edges by their difference from a blurred picture.</source>
        <translation>根据与模糊图像的差异锐化边缘。</translation>
    </message>
    <message>
        <source>Softens the picture.</source>
        <translation>使图像变柔和。</translation>
    </message>
    <message>
        <source>Side of the parts that the picture is worked on in. Smaller ones take less memory.</source>
        <translation>处理图片时每块的边长。越小占用内存越少。</translation>
    </message>
    <message>
        <source>Control networks, references and regions</source>
        <translation>控制网络、参考图与区域</translation>
    </message>
    <message>
        <source>Draws on where the canvas is empty, such as beyond edges that were dragged outwards. It needs no mask; one that lies there narrows it down.</source>
        <translation>在画布空白处继续作画，例如向外拖动的边缘之外。不需要蒙版；空白处如有蒙版，则只画蒙版内的部分。</translation>
    </message>
    <message>
        <source>Frames one after another: walks between prompts, moving cameras, frames in between, films drawn over, AnimateDiff.</source>
        <translation>一帧接一帧：提示词之间的漫步、移动的镜头、补间帧、重绘视频、AnimateDiff。</translation>
    </message>
    <message>
        <source>Has models draw after the pictures of guides, by control networks, by IP-Adapters or by looking at them, and after words in regions.</source>
        <translation>让模型按照控制项的图片绘制（通过控制网络、IP-Adapter，或由模型直接查看），并按照区域中的词语绘制。</translation>
    </message>
    <message>
        <source>Light and colour</source>
        <translation>光线与颜色</translation>
    </message>
    <message>
        <source>Lower takes longer and makes smaller files.</source>
        <translation>数值越低越慢，文件越小。</translation>
    </message>
    <message>
        <source>Match below</source>
        <translation>匹配下方</translation>
    </message>
    <message>
        <source>Measured. Press Apply to use it.</source>
        <translation>已测量。按“应用”使用。</translation>
    </message>
    <message>
        <source>Motion adapter</source>
        <translation>运动适配器</translation>
    </message>
    <message>
        <source>Move a slider first, or press Auto.</source>
        <translation>请先移动滑块，或按“自动”。</translation>
    </message>
    <message>
        <source>Moves the last frame as a camera would and draws it over.</source>
        <translation>像镜头一样移动上一帧，再重绘。</translation>
    </message>
    <message>
        <source>New noise for every frame</source>
        <translation>每帧使用新噪声</translation>
    </message>
    <message>
        <source>None, large</source>
        <translation>不压缩，文件大</translation>
    </message>
    <message>
        <source>Optical flow carries the mask of the first frame along.</source>
        <translation>光流带着第一帧的蒙版移动。</translation>
    </message>
    <message>
        <source>Pan down</source>
        <translation>向下平移</translation>
    </message>
    <message>
        <source>Pan to the right</source>
        <translation>向右平移</translation>
    </message>
    <message>
        <source>Perspective down</source>
        <translation>向下透视</translation>
    </message>
    <message>
        <source>Perspective to the right</source>
        <translation>向右透视</translation>
    </message>
    <message>
        <source>Picture formats</source>
        <translation>图片格式</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Set the sliders so that the layer fits what lies below and around it.</source>
        <translation>设置滑块，使图层与其下方和周围的画面相配。</translation>
    </message>
    <message>
        <source>Set the sliders so that the layer is evenly lit and without a colour cast.</source>
        <translation>设置滑块，使图层明暗适中且没有偏色。</translation>
    </message>
    <message>
        <source>Share of the height a frame.</source>
        <translation>每帧移动高度的几分之几。</translation>
    </message>
    <message>
        <source>Share of the width a frame.</source>
        <translation>每帧移动宽度的几分之几。</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Spreads tones away from the middle grey, or draws them towards it.</source>
        <translation>使色调远离中灰或靠近中灰。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起始内容</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stochastic Adams method; good from 20 steps.</source>
        <translation>随机 Adams 方法；20 步起效果好。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Stronger or weaker colours; -100 is grey.</source>
        <translation>颜色更浓或更淡；-100 为灰色。</translation>
    </message>
    <message>
        <source>TCD</source>
        <translation>TCD</translation>
    </message>
    <message>
        <source>TIFF</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>Takes only detail from the model: broad colours and light stay, and neighbours match.</source>
        <translation>只取模型画的细节：大面积的颜色与明暗不变，相邻分块一致。</translation>
    </message>
    <message>
        <source>Tells how far away things on a picture are, how people stand and what lies where, by models in the models folders.</source>
        <translation>用模型文件夹中的模型说明图片上物体的远近、人物的姿势以及哪里是什么。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Text to image</source>
        <translation>文生图</translation>
    </message>
    <message>
        <source>The classic deterministic method.</source>
        <translation>经典的确定性方法。</translation>
    </message>
    <message>
        <source>The first scheduler of Stable Diffusion 1.</source>
        <translation>Stable Diffusion 1 最初的采样器。</translation>
    </message>
    <message>
        <source>The mask follows</source>
        <translation>蒙版跟随</translation>
    </message>
    <message>
        <source>The noise schedulers of diffusers that fit Stable Diffusion models.</source>
        <translation>diffusers 中适用于 Stable Diffusion 模型的采样器。</translation>
    </message>
    <message>
        <source>The original method; wants 50 steps and more.</source>
        <translation>最初的方法；需要 50 步以上。</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>The plain first-order method; steady at any number of steps.</source>
        <translation>朴素的一阶方法；任何步数都稳定。</translation>
    </message>
    <message>
        <source>The same noise again and again burns its pattern in.</source>
        <translation>反复使用同一噪声会留下它的纹理。</translation>
    </message>
    <message>
        <source>The same with more fine detail.</source>
        <translation>同样的方法，细节更多。</translation>
    </message>
    <message>
        <source>The single-step solver with fresh noise; good from 10 steps.</source>
        <translation>加入新噪声的单步求解器；10 步起效果好。</translation>
    </message>
    <message>
        <source>The single-step solver without fresh noise.</source>
        <translation>不加新噪声的单步求解器。</translation>
    </message>
    <message>
        <source>The standard deviation of the blur.</source>
        <translation>模糊的标准差。</translation>
    </message>
    <message>
        <source>There is nothing below this layer to fit it to.</source>
        <translation>此图层下方没有可匹配的画面。</translation>
    </message>
    <message>
        <source>Third order at one call a step; for 20 steps and more.</source>
        <translation>每步一次调用的三阶方法；适合 20 步以上。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Transparent ground</source>
        <translation>透明背景</translation>
    </message>
    <message>
        <source>Turns the colours and makes them stronger or weaker.</source>
        <translation>旋转颜色，并使其增强或减弱。</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>UniPC</source>
        <translation>UniPC</translation>
    </message>
    <message>
        <source>UniPC Karras</source>
        <translation>UniPC Karras</translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation>USM 锐化</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大画质</translation>
    </message>
    <message>
        <source>Video to video</source>
        <translation>视频转视频</translation>
    </message>
    <message>
        <source>What every tile shows, such as a material or a style. Empty: the prompt of the panel.</source>
        <translation>每一块所画的内容，例如材质或风格。留空则用面板中的提示词。</translation>
    </message>
    <message>
        <source>What stands inside the mask before drawing. Automatic: the picture, or at full strength the colours around the mask.</source>
        <translation>作画前蒙版内的内容。自动：用原图，强度最大时用蒙版周围的颜色。</translation>
    </message>
    <message>
        <source>When the area is larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>区域大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>When the size is larger than the model draws well, a second pass adds detail at full size.</source>
        <translation>尺寸大于模型擅长的尺寸时，再以全尺寸补画一遍细节。</translation>
    </message>
    <message>
        <source>Where things are in the picture, not what they are.</source>
        <translation>各样东西在画面中的位置，而不是它们是什么。</translation>
    </message>
    <message>
        <source>White point</source>
        <translation>白场</translation>
    </message>
    <message>
        <source>Width of the soft edge in which the model mixes old and new. -1 chooses it by the size of the mask.</source>
        <translation>模型混合新旧内容的柔和边缘的宽度。-1 表示按蒙版大小选取。</translation>
    </message>
</context>
<context>
    <name>PluginsDialog</name>
    <message>
        <source>Plugins</source>
        <translation>插件</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Import this plugin now, although it failed before</source>
        <translation>立即导入此插件，尽管它以前失败过</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近的错误</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>安装…</translation>
    </message>
    <message>
        <source>Add a plugin from a .zip, a wheel or the plugin.toml of its folder</source>
        <translation>从 .zip、wheel 或其文件夹中的 plugin.toml 添加插件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete this plugin&apos;s folder. Only plugins that you installed</source>
        <translation>删除此插件的文件夹。仅限您安装的插件</translation>
    </message>
    <message>
        <source>Libraries in use were replaced: they work from the next start on.</source>
        <translation>正在使用的库已被替换：下次启动后生效。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>That was in an earlier run. It has not changed since, so it was not imported at this start.</source>
        <translation>这是以前某次运行时的情况。此后它没有变化，因此本次启动没有导入它。</translation>
    </message>
    <message>
        <source>By {author}</source>
        <translation>作者：{author}</translation>
    </message>
    <message>
        <source>It adds:</source>
        <translation>它增加了：</translation>
    </message>
    <message>
        <source>It says that it uses: {names}</source>
        <translation>它声明会使用：{names}</translation>
    </message>
    <message>
        <source>It needs: {names}</source>
        <translation>它需要：{names}</translation>
    </message>
    <message>
        <source>Python packages that it needs: {names}</source>
        <translation>它需要的 Python 包：{names}</translation>
    </message>
    <message>
        <source>Identifier: {id}</source>
        <translation>标识符：{id}</translation>
    </message>
    <message>
        <source>Folder: {path}</source>
        <translation>文件夹：{path}</translation>
    </message>
    <message>
        <source>Off: it needs {names}</source>
        <translation>已关闭：需要 {names}</translation>
    </message>
    <message>
        <source>Disabled by you</source>
        <translation>已被您停用</translation>
    </message>
    <message>
        <source>Off: something that it needs is not here</source>
        <translation>已关闭：缺少它需要的东西</translation>
    </message>
    <message>
        <source>Refused: it breaks a rule for plugins</source>
        <translation>已拒绝：它违反了插件规则</translation>
    </message>
    <message>
        <source>Stopped: it failed</source>
        <translation>已停止：它出错了</translation>
    </message>
    <message>
        <source>Install a plugin</source>
        <translation>安装插件</translation>
    </message>
    <message>
        <source>A plugin runs with all rights of the program. Install only what you trust.</source>
        <translation>插件以本程序的全部权限运行。请仅安装您信任的插件。</translation>
    </message>
    <message>
        <source>Install {name} {version}?</source>
        <translation>安装 {name} {version}？</translation>
    </message>
    <message>
        <source>Replace {name} {old} by {version}?</source>
        <translation>将 {name} {old} 替换为 {version}？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>The folder {path} is deleted.</source>
        <translation>将删除文件夹 {path}。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Wait over the canvas</source>
        <translation>在画布上等待</translation>
    </message>
    <message>
        <source>Become layers at once</source>
        <translation>立即成为图层</translation>
    </message>
    <message>
        <source>Keep everything drawn</source>
        <translation>保留所有画出的图片</translation>
    </message>
    <message>
        <source>Room for the gallery</source>
        <translation>图库的空间</translation>
    </message>
    <message>
        <source>Look for a newer version once a day</source>
        <translation>每天检查一次新版本</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>On this computer, for you alone. Beyond so much the oldest go; pictures with stars stay.</source>
        <translation>只在这台电脑上，仅您可见。超出此大小时清除最旧的；有星的图片会保留。</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>更换的语言在下次启动时生效。</translation>
    </message>
    <message>
        <source>Memory for history</source>
        <translation>历史内存</translation>
    </message>
    <message>
        <source>When it is full, the oldest steps are forgotten.</source>
        <translation>内存用满时会忘记最早的步骤。</translation>
    </message>
    <message>
        <source>In the strip each is looked at, applied, kept or dropped.</source>
        <translation>在结果条中逐个查看、应用、保留或丢弃。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Folder of texts: __name__ in a prompt becomes a line of name.txt.</source>
        <translation>存放文本文件的文件夹：提示词中的 __name__ 会换成 name.txt 中的一行。</translation>
    </message>
    <message>
        <source>Wildcards</source>
        <translation>通配符</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>It sends nothing but the request, and installs nothing.</source>
        <translation>只发出这一个请求，不发送别的内容，也不会安装任何东西。</translation>
    </message>
</context>
<context>
    <name>ProblemBox</name>
    <message>
        <source>Look Again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Go by the File Again</source>
        <translation>恢复按文件判断</translation>
    </message>
    <message>
        <source>Get What Is Missing…</source>
        <translation>获取缺少的部分…</translation>
    </message>
    <message>
        <source>Say What It Is…</source>
        <translation>说明它是什么…</translation>
    </message>
    <message>
        <source>Put It with the Upscalers</source>
        <translation>归入放大模型</translation>
    </message>
    <message>
        <source>Download Again…</source>
        <translation>重新下载…</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在读取提示词</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>正在去噪</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>正在解码</translation>
    </message>
    <message>
        <source>Placing</source>
        <translation>正在放置</translation>
    </message>
    <message>
        <source>Upscaling</source>
        <translation>正在放大</translation>
    </message>
    <message>
        <source>Grid: picture {number}</source>
        <translation>网格：第 {number} 张</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation>完成，用时 {time}</translation>
    </message>
    <message>
        <source>Done in {time} (model loaded in {loading})</source>
        <translation>完成，用时 {time}（另加载模型 {loading}）</translation>
    </message>
</context>
<context>
    <name>ProjectFiles</name>
    <message>
        <source>Untitled animation</source>
        <translation>未命名动画</translation>
    </message>
    <message>
        <source>Open animation project</source>
        <translation>打开动画项目</translation>
    </message>
    <message>
        <source>Save animation project</source>
        <translation>保存动画项目</translation>
    </message>
    <message>
        <source>Animation project</source>
        <translation>动画项目</translation>
    </message>
</context>
<context>
    <name>ProjectForm</name>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>There and back</source>
        <translation>往返播放</translation>
    </message>
    <message>
        <source>Pad to even sides</source>
        <translation>补成偶数边长</translation>
    </message>
    <message>
        <source>Dither (GIF)</source>
        <translation>抖动（GIF）</translation>
    </message>
    <message>
        <source>{wanted} ({used} is used)</source>
        <translation>{wanted}（改用 {used}）</translation>
    </message>
    <message>
        <source>No plugin brings the mode “{mode}”. Choose another, or switch its plugin on.</source>
        <translation>没有插件提供“{mode}”模式。请选择其他模式，或启用相应插件。</translation>
    </message>
    <message>
        <source>This mode needs a source: a film, an animation or a folder.</source>
        <translation>此模式需要素材：影片、动画或文件夹。</translation>
    </message>
    <message>
        <source>A mask needs a source, which shows outside of it.</source>
        <translation>使用蒙版需要素材，蒙版之外显示的是素材。</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source>More steps take longer and add detail up to a point</source>
        <translation>步数越多越慢，细节在一定范围内越多</translation>
    </message>
    <message>
        <source>Film or folder</source>
        <translation>影片或文件夹</translation>
    </message>
    <message>
        <source>A film, an animated picture, a folder of pictures, or one picture</source>
        <translation>影片、动图、图片文件夹，或一张图片</translation>
    </message>
    <message>
        <source>White: animate</source>
        <translation>白色处为动画</translation>
    </message>
    <message>
        <source>A picture that is white where to animate; the rest stays as in the source</source>
        <translation>一张图片，白色处为动画，其余部分与素材相同</translation>
    </message>
    <message>
        <source>The colour behind transparency; empty keeps it where the format can</source>
        <translation>透明部分后面的颜色；留空则在格式支持时保留透明</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>一直循环</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>For WebP, AVIF, MP4 and WebM; 100 is lossless WebP</source>
        <translation>用于 WebP、AVIF、MP4 和 WebM；WebP 设为 100 时无损</translation>
    </message>
    <message>
        <source>Diffused</source>
        <translation>误差扩散</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>有序</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Loops</source>
        <translation>循环次数</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Sheet columns</source>
        <translation>精灵图列数</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
</context>
<context>
    <name>ProjectRescue</name>
    <message>
        <source>An animation project was not saved when Shoreline ended.</source>
        <translation>Shoreline 结束时有一个动画项目没有保存。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>ProjectToolBar</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>ProjectWindow</name>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Keyframe Animation</source>
        <translation>关键帧动画</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>An earlier state of the project is being drawn</source>
        <translation>正在绘制项目的较早状态</translation>
    </message>
    <message>
        <source>All {total} frames are drawn</source>
        <translation>全部 {total} 帧已绘制</translation>
    </message>
    <message>
        <source>{drawn} of {total} frames are drawn</source>
        <translation>已绘制 {drawn} 帧，共 {total} 帧</translation>
    </message>
    <message>
        <source>Nothing is drawn yet with these settings</source>
        <translation>用这些设置还没有绘制任何帧</translation>
    </message>
    <message>
        <source>Frame {frame} is still to be drawn</source>
        <translation>第 {frame} 帧尚待绘制</translation>
    </message>
    <message>
        <source>Frame {frame} is not drawn. Render draws all frames.</source>
        <translation>第 {frame} 帧还没有绘制。点击“渲染”绘制所有帧。</translation>
    </message>
    <message>
        <source>Reading the frames…</source>
        <translation>正在读取各帧…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
</context>
<context>
    <name>PromptSection</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Type what you want to see, then press {keys}</source>
        <translation>输入想看到的内容，然后按 {keys}</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>What the picture should not show</source>
        <translation>图片中不应出现的内容</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Style: adds its words to the prompts, or takes them out</source>
        <translation>风格：把它的词语写入提示词，或取出</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>用过的提示词</translation>
    </message>
    <message>
        <source>Earlier prompts (Up on the first line)</source>
        <translation>用过的提示词（在首行按向上键）</translation>
    </message>
    <message>
        <source>Clear This List</source>
        <translation>清空此列表</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>This picture is a layer already: “{name}”, which is active now.</source>
        <translation>此图片已经是图层“{name}”，现已设为活动图层。</translation>
    </message>
    <message>
        <source>This picture is a layer already: “{name}”, which is hidden. It is active now.</source>
        <translation>此图片已经是图层“{name}”，但被隐藏了；现已设为活动图层。</translation>
    </message>
    <message>
        <source>Nothing is queued. Type what you want to see, then press {keys}; the pictures gather here.</source>
        <translation>队列为空。输入想看到的内容，然后按 {keys}；图片会集中在这里。</translation>
    </message>
    <message>
        <source>Seed {seed} is on the clipboard.</source>
        <translation>种子 {seed} 已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>ReadyToolMenu</name>
    <message>
        <source>Ready tools</source>
        <translation>现成工具</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Shoreline closed unexpectedly. Recover one step of your work on “{name}”?</source>
        <translation>Shoreline 上次意外关闭。要恢复“{name}”中的一步操作吗？</translation>
    </message>
    <message>
        <source>Shoreline closed unexpectedly. Recover your work on {count} pictures: {names}?</source>
        <translation>Shoreline 意外关闭。要恢复 {count} 张图片上的工作吗：{names}？</translation>
    </message>
    <message>
        <source>Recover All</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>One by One</source>
        <translation>逐个选择</translation>
    </message>
    <message>
        <source>Shoreline closed unexpectedly. Recover {count} steps of your work on “{name}”?</source>
        <translation>Shoreline 上次意外关闭。要恢复“{name}”中的 {count} 步操作吗？</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>RegionLines</name>
    <message>
        <source>Parts of the frames with prompts of their own, one a line: a picture beside the project that is white there, or a layer of a document, then = and the prompt. Their places have tracks below.</source>
        <translation>帧的各个部分可以有自己的提示词，每行一个：项目旁一张在该处为白色的图片，或某个文档的图层，然后是 = 和提示词。它们的位置在下方有轨道。</translation>
    </message>
</context>
<context>
    <name>RegionRow</name>
    <message>
        <source>Add LoRA…</source>
        <translation>添加 LoRA…</translation>
    </message>
    <message>
        <source>Prompt of the region {name}</source>
        <translation>区域 {name} 的提示词</translation>
    </message>
    <message>
        <source>Negative prompt of the region {name}</source>
        <translation>区域 {name} 的反向提示词</translation>
    </message>
    <message>
        <source>Draw in the region {name}</source>
        <translation>在区域 {name} 中绘制</translation>
    </message>
    <message>
        <source>Draw in this region or without it</source>
        <translation>绘制时使用或不使用此区域</translation>
    </message>
    <message>
        <source>What to draw here; the prompt of the picture follows</source>
        <translation>这里画什么；其后接图片的提示词</translation>
    </message>
    <message>
        <source>What not to draw here</source>
        <translation>这里不要画什么</translation>
    </message>
    <message>
        <source>Negative prompt and LoRAs of this region</source>
        <translation>此区域的反向提示词和 LoRA</translation>
    </message>
    <message>
        <source>Remove the region; the layer stays</source>
        <translation>移除区域；图层保留</translation>
    </message>
    <message>
        <source>Draw this region with a LoRA: slow, as each step is drawn once more</source>
        <translation>用 LoRA 绘制此区域：较慢，每一步要多画一次</translation>
    </message>
</context>
<context>
    <name>RegionSection</name>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Make Region</source>
        <translation>建立区域</translation>
    </message>
    <message>
        <source>Deleted layer</source>
        <translation>已删除的图层</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已略过</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Give the active layer or group a prompt of its own, where it is opaque</source>
        <translation>为当前图层或图层组不透明的部分设置自己的提示词</translation>
    </message>
    <message>
        <source>Show what the regions cover</source>
        <translation>显示各区域覆盖的部分</translation>
    </message>
</context>
<context>
    <name>RemovedRow</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>1 picture deleted</source>
        <translation>已删除 1 张图片</translation>
    </message>
    <message>
        <source>{count} pictures deleted</source>
        <translation>已删除 {count} 张图片</translation>
    </message>
</context>
<context>
    <name>RenderStrip</name>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>To Timeline</source>
        <translation>放到时间轴</translation>
    </message>
    <message>
        <source>As Picture</source>
        <translation>作为新图片</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>This is what Shoreline knows about the fault. It was sent nowhere; if you want it mended, add it to a message to the project. It lies in {path}.</source>
        <translation>这是 Shoreline 对该故障所知的内容，没有发送到任何地方。若希望得到修复，请把它附在给项目的消息中。文件位于 {path}。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ResizeDialog</name>
    <message>
        <source>Resize image</source>
        <translation>调整图片大小</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>调整大小</translation>
    </message>
    <message>
        <source>Keep the proportions</source>
        <translation>保持比例</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
</context>
<context>
    <name>ResultDesk</name>
    <message>
        <source>White shows the result where you paint, black hides it. X swaps the colours.</source>
        <translation>涂白色的地方显示结果，涂黑色则隐藏。X 交换颜色。</translation>
    </message>
    <message>
        <source>Results that wait are not in the file: apply them first.</source>
        <translation>等待中的结果不在文件里：请先应用它们。</translation>
    </message>
    <message>
        <source>Results of the closed picture are in the Queue panel.</source>
        <translation>已关闭图片的结果在队列面板中。</translation>
    </message>
    <message>
        <source>The result waits in the strip below. Apply makes it a layer.</source>
        <translation>结果在下面的结果条中等待。“应用”使它成为图层。</translation>
    </message>
</context>
<context>
    <name>ResultStrip</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Show the results</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Fold the results away</source>
        <translation>收起结果</translation>
    </message>
    <message>
        <source>More for this result</source>
        <translation>此结果的更多操作</translation>
    </message>
    <message>
        <source>Look at this result (seed {seed}); a double click applies it</source>
        <translation>查看此结果（种子 {seed}）；双击应用</translation>
    </message>
    <message>
        <source>1 result waits</source>
        <translation>1 个结果等待决定</translation>
    </message>
    <message>
        <source>{count} results wait</source>
        <translation>{count} 个结果等待决定</translation>
    </message>
    <message>
        <source>{number} of {count} · seed {seed}</source>
        <translation>第 {number} 个，共 {count} 个 · 种子 {seed}</translation>
    </message>
    <message>
        <source>Drawn for {width} × {height}: the canvas has changed, and it goes where it was drawn</source>
        <translation>为 {width} × {height} 的画布而画：画布已改变，它会放在画出时的位置</translation>
    </message>
</context>
<context>
    <name>ResultViewer</name>
    <message>
        <source>Previous picture (Left)</source>
        <translation>上一张图片（←）</translation>
    </message>
    <message>
        <source>Next picture (Right)</source>
        <translation>下一张图片（→）</translation>
    </message>
    <message>
        <source>Back to the canvas (Esc)</source>
        <translation>返回画布（Esc）</translation>
    </message>
    <message>
        <source>Picture of the queue</source>
        <translation>队列中的图片</translation>
    </message>
    <message>
        <source>Picture {number} of {count} · seed {seed}</source>
        <translation>第 {number} 张，共 {count} 张 · 种子 {seed}</translation>
    </message>
    <message>
        <source>Go to its layer</source>
        <translation>转到其图层</translation>
    </message>
    <message>
        <source>Add as layer</source>
        <translation>添加为图层</translation>
    </message>
    <message>
        <source>It is a layer already: make that active (Return)</source>
        <translation>它已经是图层：将其设为活动图层（回车）</translation>
    </message>
    <message>
        <source>Put this picture into the document as a layer (Return)</source>
        <translation>将此图片作为图层放入文档（回车）</translation>
    </message>
</context>
<context>
    <name>RulerBar</name>
    <message>
        <source>Upper ruler</source>
        <translation>上方标尺</translation>
    </message>
    <message>
        <source>Left ruler</source>
        <translation>左侧标尺</translation>
    </message>
    <message>
        <source>Drag a guide line out of the ruler; drag it back to remove it</source>
        <translation>从标尺中拖出参考线；拖回标尺即可移除</translation>
    </message>
</context>
<context>
    <name>SamplingSection</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How far the picture may change: 100 % keeps nothing of it</source>
        <translation>图片可以改变的程度：100 % 则不保留任何内容</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More steps take longer and add detail up to a point</source>
        <translation>步数越多越慢，细节在一定范围内越多</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt</source>
        <translation>图片遵循提示词的程度</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>How many pictures one press of Generate makes</source>
        <translation>按一次生成所画的图片数</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>平铺</translation>
    </message>
    <message>
        <source>The picture goes on at its other side, so that copies of it join without a seam</source>
        <translation>图片从一边延续到另一边，因此多个副本可以无缝拼接</translation>
    </message>
    <message>
        <source>How far the picture goes from that of the seed towards seed {seed}; 0 % is that of the seed</source>
        <translation>图片从该种子向种子 {seed} 靠近多少；0 % 即该种子的图片</translation>
    </message>
    <message>
        <source>Use {width} × {height}</source>
        <translation>使用 {width} × {height}</translation>
    </message>
    <message>
        <source>No tiling</source>
        <translation>不平铺</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>两个方向</translation>
    </message>
    <message>
        <source>Left to right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>{wanted} cannot draw with this model: {used} is used instead.</source>
        <translation>{wanted} 不能与此模型一起使用：改用 {used}。</translation>
    </message>
</context>
<context>
    <name>SaturationValueSquare</name>
    <message>
        <source>Saturation and brightness</source>
        <translation>饱和度和亮度</translation>
    </message>
</context>
<context>
    <name>SaveActions</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Go on without them</source>
        <translation>不保留并继续</translation>
    </message>
    <message>
        <source>{name} is being saved</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{name} was not saved.</source>
        <translation>{name} 未保存。</translation>
    </message>
    <message>
        <source>Exported to {path}.</source>
        <translation>已导出到 {path}。</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>{name} holds the picture without its layers and mask.</source>
        <translation>{name} 中的图片不含图层和蒙版。</translation>
    </message>
    <message>
        <source>Save as OpenRaster too…</source>
        <translation>同时另存为 OpenRaster…</translation>
    </message>
</context>
<context>
    <name>SeedBox</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture; -1 is a new one each time</source>
        <translation>相同的种子和设置得到相同的图片；-1 表示每次换新的种子</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>换种子</translation>
    </message>
    <message>
        <source>A new seed for every picture</source>
        <translation>每幅图片都用新种子</translation>
    </message>
    <message>
        <source>Keep seed</source>
        <translation>固定种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>保留此种子</translation>
    </message>
    <message>
        <source>The seed {seed} is too large: the largest is {largest}.</source>
        <translation>种子 {seed} 太大：最大为 {largest}。</translation>
    </message>
</context>
<context>
    <name>SelectMenu</name>
    <message>
        <source>Quick mask: the brush selects, the eraser and Ctrl take away. Q ends it.</source>
        <translation>快速蒙版：画笔选中，橡皮擦和 Ctrl 取消。按 Q 结束。</translation>
    </message>
    <message>
        <source>Grow the selection</source>
        <translation>扩展选区</translation>
    </message>
    <message>
        <source>Shrink the selection</source>
        <translation>收缩选区</translation>
    </message>
    <message>
        <source>Feather the selection</source>
        <translation>羽化选区</translation>
    </message>
    <message>
        <source>Border of the selection</source>
        <translation>选区边界</translation>
    </message>
    <message>
        <source>Smooth the selection</source>
        <translation>平滑选区</translation>
    </message>
</context>
<context>
    <name>ServiceActions</name>
    <message>
        <source>Folder of wildcards</source>
        <translation>通配符文件夹</translation>
    </message>
    <message>
        <source>Engine…</source>
        <translation>引擎…</translation>
    </message>
    <message>
        <source>Settings of plugins do not fit; their defaults are used.</source>
        <translation>插件的部分设置不合适，已使用其默认值。</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>语言将在下次启动时更换。</translation>
    </message>
    <message>
        <source>The plugins are still being loaded. Try again in a moment.</source>
        <translation>插件仍在加载，请稍后再试。</translation>
    </message>
    <message>
        <source>Folder with models</source>
        <translation>存有模型的文件夹</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>{name} 的图片</translation>
    </message>
    <message>
        <source>The folder is {path}.</source>
        <translation>文件夹是 {path}。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>平铺</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Control layers</source>
        <translation>控制图层</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>SettingsDifferenceDialog</name>
    <message>
        <source>Compare settings</source>
        <translation>比较设置</translation>
    </message>
    <message>
        <source>Also what is the same</source>
        <translation>也显示相同的设置</translation>
    </message>
    <message>
        <source>Settings of both pictures</source>
        <translation>两张图片的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>第一张图片</translation>
    </message>
    <message>
        <source>Second picture</source>
        <translation>第二张图片</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The settings are the same.</source>
        <translation>设置相同。</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>All Defaults</source>
        <translation>全部默认</translation>
    </message>
    <message>
        <source>Take It from {names}</source>
        <translation>从{names}取走此按键</translation>
    </message>
    <message>
        <source>{keys} for “{name}” belongs to {names} already.</source>
        <translation>为“{name}”指定的 {keys} 已属于{names}。</translation>
    </message>
</context>
<context>
    <name>SizeBox</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>交换宽度和高度</translation>
    </message>
    <message>
        <source>Sizes to choose from</source>
        <translation>可选的尺寸</translation>
    </message>
    <message>
        <source>{text} cannot be a side: sides are whole numbers from {least} to {most}.</source>
        <translation>{text} 不能用作边长：边长须为 {least} 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>From canvas</source>
        <translation>与画布相同</translation>
    </message>
    <message>
        <source>{name} in pixels</source>
        <translation>{name}（像素）</translation>
    </message>
    <message>
        <source>Sides are whole numbers from {least} to {most}: {text} became {side}.</source>
        <translation>边长须为 {least} 到 {most} 的整数：{text} 已改为 {side}。</translation>
    </message>
</context>
<context>
    <name>SplitView</name>
    <message>
        <source>Before and after</source>
        <translation>放大前后</translation>
    </message>
    <message>
        <source>Drag the line to compare, the picture to see another part of it</source>
        <translation>拖动分界线进行比较，拖动图片查看其他部分</translation>
    </message>
</context>
<context>
    <name>SpriteExport</name>
    <message>
        <source>Export sprite sheet</source>
        <translation>导出精灵表</translation>
    </message>
    <message>
        <source>{step} of {total}</source>
        <translation>{step} / {total}</translation>
    </message>
    <message>
        <source>Sprite sheet with a JSON file</source>
        <translation>精灵表及 JSON 文件</translation>
    </message>
</context>
<context>
    <name>SpriteSheet</name>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>How many sprites lie in a row.</source>
        <translation>一行有几个精灵。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Transparent pixels between sprites.</source>
        <translation>精灵之间的透明像素。</translation>
    </message>
    <message>
        <source>Extrude</source>
        <translation>外扩</translation>
    </message>
    <message>
        <source>How often the outermost pixels of each sprite are repeated around it, against seams.</source>
        <translation>把每个精灵最外面的像素在四周重复多少次，以免出现接缝。</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>裁切</translation>
    </message>
    <message>
        <source>Whole pictures</source>
        <translation>不裁切</translation>
    </message>
    <message>
        <source>Each to what it shows</source>
        <translation>各自裁切</translation>
    </message>
    <message>
        <source>All by the same box</source>
        <translation>统一裁切</translation>
    </message>
    <message>
        <source>Sides are powers of two</source>
        <translation>边长为 2 的幂</translation>
    </message>
    <message>
        <source>As some engines and graphics cards want textures.</source>
        <translation>有些引擎和显卡要求纹理如此。</translation>
    </message>
</context>
<context>
    <name>SpriteSheetDialog</name>
    <message>
        <source>Export sprite sheet</source>
        <translation>导出精灵表</translation>
    </message>
    <message>
        <source>{count} sprites, as small as what they show. No side may be over {most} pixels.</source>
        <translation>{count} 个精灵，按所示内容裁小。边长不能超过 {most} 像素。</translation>
    </message>
    <message>
        <source>{count} sprites in {columns} × {rows} cells: {width} × {height} px</source>
        <translation>{count} 个精灵，{columns} × {rows} 格：{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Results in the strip</source>
        <translation>结果条中的结果</translation>
    </message>
    <message>
        <source>Frames of the timeline</source>
        <translation>时间轴的帧</translation>
    </message>
    <message>
        <source>Selected layers</source>
        <translation>所选图层</translation>
    </message>
    <message>
        <source>Generated layers</source>
        <translation>生成的图层</translation>
    </message>
    <message>
        <source>Visible layers</source>
        <translation>可见图层</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Sprites</source>
        <translation>精灵</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>StarRow</name>
    <message>
        <source>{stars} (key {number})</source>
        <translation>{stars}（按键 {number}）</translation>
    </message>
</context>
<context>
    <name>StartNotices</name>
    <message>
        <source>Show Report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Shoreline ended unexpectedly last time. A report is on this machine; it was sent nowhere.</source>
        <translation>Shoreline 上次意外结束。报告保存在本机，没有发送到任何地方。</translation>
    </message>
    <message>
        <source>Shoreline {version} is there.</source>
        <translation>Shoreline {version} 已发布。</translation>
    </message>
    <message>
        <source>Show the Page</source>
        <translation>打开网页</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Pointer position in picture pixels</source>
        <translation>指针所在的图片像素位置</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Make Timeline</source>
        <translation>建立时间轴</translation>
    </message>
    <message>
        <source>Make frames of the selected layers, and draw an animation frame by frame.</source>
        <translation>把所选图层变成帧，一帧一帧地绘制动画。</translation>
    </message>
    <message>
        <source>Settings of the onion skin</source>
        <translation>洋葱皮设置</translation>
    </message>
    <message>
        <source>For how many ticks the selected frames are held</source>
        <translation>所选帧停留多少格</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>停留</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Play round and round</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Play there and back</source>
        <translation>往返播放</translation>
    </message>
    <message>
        <source>Play once</source>
        <translation>播放一次</translation>
    </message>
</context>
<context>
    <name>TokenCounter</name>
    <message>
        <source>{count} tokens, but the model reads {room}: the end is left out</source>
        <translation>共 {count} 个词元，但模型只读 {room} 个：末尾会被略去</translation>
    </message>
    <message>
        <source>{count} tokens of {room} that the model reads at once</source>
        <translation>共 {count} 个词元，模型一次读 {room} 个</translation>
    </message>
</context>
<context>
    <name>TokenDialog</name>
    <message>
        <source>API token of Civitai</source>
        <translation>Civitai 的 API 令牌</translation>
    </message>
    <message>
        <source>One is kept; type another to replace it</source>
        <translation>已保存一个；输入新的会替换它</translation>
    </message>
    <message>
        <source>Some files there are given only to those who are logged in. Make a token in the settings of your account on civitai.com. It is kept in a file that only you may read, and sent to civitai.com alone.</source>
        <translation>那里的一些文件只提供给已登录的用户。请在 civitai.com 的账户设置中创建令牌。它保存在只有你能读取的文件中，而且只发送给 civitai.com。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘掉</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>ToolGroupButton</name>
    <message>
        <source>Hold it, or click with the right button, for its other tools.</source>
        <translation>按住，或用右键点击，可选其他工具。</translation>
    </message>
</context>
<context>
    <name>ToolOptionsBar</name>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>More options, for which there is no room here</source>
        <translation>这里放不下的更多选项</translation>
    </message>
</context>
<context>
    <name>ToolSelector</name>
    <message>
        <source>Ready tools</source>
        <translation>现成工具</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>{name} (missing)</source>
        <translation>{name}（缺失）</translation>
    </message>
</context>
<context>
    <name>TrackPanel</name>
    <message>
        <source>Frame {frame} of {total} · {seconds} s</source>
        <translation>第 {frame} 帧，共 {total} 帧 · {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Remove the keyframe here</source>
        <translation>移除此处的关键帧</translation>
    </message>
    <message>
        <source>Add a keyframe at this frame</source>
        <translation>在此帧添加关键帧</translation>
    </message>
    <message>
        <source>A number or a formula of f, t, n and fps.</source>
        <translation>数字，或含 f、t、n、fps 的公式。</translation>
    </message>
    <message>
        <source>{low} to {high}, or a formula of f, t, n and fps.</source>
        <translation>{low} 到 {high}，或含 f、t、n、fps 的公式。</translation>
    </message>
</context>
<context>
    <name>TransformActions</name>
    <message>
        <source>Transforming… {percent} %</source>
        <translation>正在变换… {percent} %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>TreatAsDialog</name>
    <message>
        <source>Treat “{name}” as</source>
        <translation>将“{name}”视为</translation>
    </message>
    <message>
        <source>As its file says</source>
        <translation>按其文件所示</translation>
    </message>
    <message>
        <source>The noise (epsilon)</source>
        <translation>噪声（epsilon）</translation>
    </message>
    <message>
        <source>The velocity (v-prediction)</source>
        <translation>速度（v-prediction）</translation>
    </message>
    <message>
        <source>It is written into a small file beside the model, and can be taken back at any time.</source>
        <translation>这会写入模型旁边的一个小文件，随时可以撤回。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>It predicts</source>
        <translation>预测内容</translation>
    </message>
    <message>
        <source>It reads</source>
        <translation>它读取</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Forget everything that was said, and go by the file</source>
        <translation>忘掉所有说明，按文件判断</translation>
    </message>
</context>
<context>
    <name>TriggerWords</name>
    <message>
        <source>Copy All</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy “{word}”</source>
        <translation>复制“{word}”</translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Pictures to save</source>
        <translation>要保存的图片</translation>
    </message>
    <message>
        <source>Save the changes to these {count} pictures?</source>
        <translation>保存对这 {count} 张图片的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, what was done since the last save is lost.</source>
        <translation>若不保存，上次保存以来所做的一切都会丢失。</translation>
    </message>
    <message>
        <source>Discard All</source>
        <translation>全部放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Save Ticked, Discard Others</source>
        <translation>保存勾选的，放弃其余的</translation>
    </message>
</context>
<context>
    <name>UpscaleDialog</name>
    <message>
        <source>Upscale</source>
        <translation>放大画质</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大器</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大对象</translation>
    </message>
    <message>
        <source>Add Networks…</source>
        <translation>添加网络…</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整幅图片</translation>
    </message>
    <message>
        <source>Layer “{name}”</source>
        <translation>图层“{name}”</translation>
    </message>
    <message>
        <source>Masked part, as a layer</source>
        <translation>蒙版部分（成为新图层）</translation>
    </message>
    <message>
        <source>Opens the folder for your own networks: .safetensors or .pth files of any kind that spandrel knows</source>
        <translation>打开存放你自己的网络的文件夹：spandrel 支持的任何 .safetensors 或 .pth 文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>There is no upscaler. Switch on the plugin Upscale in Plugins &gt; Plugins.</source>
        <translation>没有可用的放大器。请在“插件 &gt; 插件”中启用“放大画质”插件。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Left: before. Right: after.</source>
        <translation>左：放大前。右：放大后。</translation>
    </message>
</context>
<context>
    <name>VaryDialog</name>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>How different</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Each starts from noise between that of the picture and that of another seed. All else stays the same.</source>
        <translation>每张都从这张图片的噪声与另一个种子的噪声之间开始，其余都不变。</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>生成</translation>
    </message>
</context>
<context>
    <name>ViewSign</name>
    <message>
        <source>The view is not as the picture is. Click to look at it upright.</source>
        <translation>视图与图片本身不同。点击可恢复正向显示。</translation>
    </message>
    <message>
        <source>Turned by {degrees}°</source>
        <translation>旋转了 {degrees}°</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>已镜像</translation>
    </message>
</context>
<context>
    <name>WaitingResults</name>
    <message>
        <source>One result of last time waits for a decision.</source>
        <translation>上次有一个结果等待决定。</translation>
    </message>
    <message>
        <source>{count} results of last time wait for a decision.</source>
        <translation>上次有 {count} 个结果等待决定。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>1. Type what you want to see, in English or Chinese, and press {keys}.</source>
        <translation>1. 用中文或英文输入想看到的内容，然后按 {keys}。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Look for a newer version once a day; nothing else is sent</source>
        <translation>每天检查一次新版本；不发送任何其他内容</translation>
    </message>
    <message>
        <source>Close (Esc); the Help menu shows it again</source>
        <translation>关闭（Esc）；可从“帮助”菜单再次打开</translation>
    </message>
    <message>
        <source>Draw a beautiful beach</source>
        <translation>画一片美丽的海滩</translation>
    </message>
    <message>
        <source>Take the mask brush</source>
        <translation>使用蒙版画笔</translation>
    </message>
    <message>
        <source>Open the timeline</source>
        <translation>打开时间轴</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Read the help</source>
        <translation>阅读帮助</translation>
    </message>
    <message>
        <source>Welcome to Shoreline</source>
        <translation>欢迎使用 Shoreline</translation>
    </message>
    <message>
        <source>The model that ships is for trying things out. For final art, get one that is larger:</source>
        <translation>自带的模型供试用。正式创作请获取更大的模型：</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>2. Paint a mask over a part, choose Inpaint, and type what should be there.</source>
        <translation>2. 在某处涂上蒙版，选择“局部重绘”，输入那里应有的内容。</translation>
    </message>
    <message>
        <source>3. Animate: draw frame by frame, or let prompts turn into each other.</source>
        <translation>3. 动画：逐帧绘制，或让提示词相互过渡。</translation>
    </message>
    <message>
        <source>Looking for a graphics card…</source>
        <translation>正在查找显卡…</translation>
    </message>
    <message>
        <source>Pictures are drawn by the processor, which takes longer.</source>
        <translation>图片由处理器绘制，需要更长时间。</translation>
    </message>
    <message>
        <source>Graphics card: {name}. It draws the pictures.</source>
        <translation>显卡：{name}，由它绘制图片。</translation>
    </message>
    <message>
        <source>Everything that draws is installed.</source>
        <translation>绘制所需的一切均已安装。</translation>
    </message>
    <message>
        <source>{program} keeps models in {folder}.</source>
        <translation>{program} 的模型位于 {folder}。</translation>
    </message>
    <message>
        <source>Use them</source>
        <translation>使用它们</translation>
    </message>
</context>
<context>
    <name>WindowPrompts</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Without saving, what was done since the last save is lost.</source>
        <translation>若不保存，上次保存以来所做的一切都会丢失。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don&apos;t Save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save in another format</source>
        <translation>以其他格式保存</translation>
    </message>
    <message>
        <source>“{name}” will not hold all of the picture. OpenRaster keeps everything.</source>
        <translation>“{name}”无法保留图片的全部内容。OpenRaster 可以保留一切。</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>还有 {count} 项。</translation>
    </message>
    <message>
        <source>Save Anyway</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>The engine is being installed</source>
        <translation>正在安装引擎</translation>
    </message>
    <message>
        <source>Stop installing the engine and quit?</source>
        <translation>要停止安装引擎并退出吗？</translation>
    </message>
    <message>
        <source>What has arrived is kept: it goes on from there next time. An engine that you have stays as it is.</source>
        <translation>已下载的内容会保留，下次从那里继续。已有的引擎保持不变。</translation>
    </message>
    <message>
        <source>Stop and Quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Keep Installing</source>
        <translation>继续安装</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>_ChannelEditor</name>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Reset Channel</source>
        <translation>重置通道</translation>
    </message>
</context>
<context>
    <name>_Notice</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
</TS>
